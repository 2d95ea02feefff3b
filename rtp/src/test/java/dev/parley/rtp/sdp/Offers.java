package dev.parley.rtp.sdp;

/** Offers in the shape of real browsers, names and keys made up. */
final class Offers {
    private Offers() {}

    static final String CHROMIUM = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=extmap-allow-mixed
            a=msid-semantic: WMS stream1
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:1 1 udp 2113937151 d9b1e7fc-1d24-4bb1-9a4b-6a1f4d2f6a11.local 53123 typ host generation 0 network-cost 999
            a=candidate:2 1 tcp 1518280447 10.0.0.5 9 typ host tcptype active generation 0
            a=ice-ufrag:aBcD
            a=ice-pwd:0123456789abcdefghijklmn
            a=ice-options:trickle
            a=fingerprint:sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=sendonly
            a=msid:stream1 track-a
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:13 CN/8000
            a=rtpmap:110 telephone-event/48000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6
            a=ssrc:3570614608 msid:stream1 track-a
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:aBcD
            a=ice-pwd:0123456789abcdefghijklmn
            a=ice-options:trickle
            a=fingerprint:sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99
            a=setup:actpass
            a=mid:1
            a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
            a=sendonly
            a=msid:stream1 track-v
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 goog-remb
            a=rtcp-fb:96 transport-cc
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=rtpmap:102 H264/90000
            a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
            a=rtpmap:103 rtx/90000
            a=fmtp:103 apt=102
            a=rid:h send
            a=rid:l send max-width=320
            a=simulcast:send h;l
            a=ssrc-group:FID 2231627014 632943048
            a=ssrc:2231627014 cname:4TOk42mSjXCkVIa6
            a=ssrc:632943048 cname:4TOk42mSjXCkVIa6
            """.replace("\n", "\r\n");

    static final String FIREFOX = """
            v=0
            o=mozilla...THIS_IS_SDPARTA-99.0 5186342437283479393 0 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=fingerprint:sha-256 11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00
            a=group:BUNDLE 0 2
            a=ice-options:trickle
            a=msid-semantic:WMS *
            m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
            c=IN IP4 0.0.0.0
            a=recvonly
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
            a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
            a=fmtp:101 0-15
            a=ice-pwd:f4b0f7a3c8d9e1b2a5968778695a4b3c
            a=ice-ufrag:1a2b3c4d
            a=mid:0
            a=rtcp-mux
            a=rtpmap:109 opus/48000/2
            a=rtpmap:9 G722/8000/1
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000/1
            a=setup:actpass
            m=video 0 UDP/TLS/RTP/SAVPF 120
            c=IN IP4 0.0.0.0
            a=inactive
            a=mid:1
            a=rtpmap:120 VP8/90000
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=sendrecv
            a=ice-pwd:f4b0f7a3c8d9e1b2a5968778695a4b3c
            a=ice-ufrag:1a2b3c4d
            a=mid:2
            a=setup:actpass
            a=sctp-port:5000
            a=max-message-size:1073741823
            """.replace("\n", "\r\n");
}
