/**
 * Parley in a browser. A page needs no build step:
 *
 *     <script type="module">
 *       import { connect } from '/sdk/core/index.js';
 *       const session = await connect({ token });
 *       const room = await session.join({ roomId, rtoken });
 *       room.on('stream', ({ stream }) => (video.srcObject = stream));
 *       await room.publish(await navigator.mediaDevices.getUserMedia({ audio: true, video: true }));
 *     </script>
 */
export { connect, Session, SDK_VERSION } from './session.js';
export { warmUp } from './link.js';
export { Room } from './room.js';
export { LocalFeed } from './uplink.js';
export { ParleyError, Code } from './errors.js';
export { onFirstFrame } from './stats.js';
