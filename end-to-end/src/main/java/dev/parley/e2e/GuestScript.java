package dev.parley.e2e;

/** JavaScript of pages that use the SDK themselves instead of the demo page. */
final class GuestScript {
    private static final String SESSION = """
        await (async () => {
          const { connect } = await import('/sdk/core/index.js');
          const token = await fetch('/v1/guest-tokens', { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ bizName: '', displayName: '%1$s', room: '' }) }).then((r) => r.json()).then((r) => r.token);
          return connect({ urls: %2$s, token });
        })()""";

    private GuestScript() {}

    /** An expression: the session of a guest. @param urls an expression: of the signaling copies */
    static String session(String name, String urls) {
        return String.format(SESSION, name, urls);
    }
}
