package dev.parley.signaling.api.ws;

/** What a request answers, and what is to be done once the answer is on its way. */
record Answer(Object data, Runnable then) {
    /** Written as an empty JSON object. */
    private record Nothing() {}

    static final Answer DONE = of(new Nothing());

    static Answer of(Object data) {
        return new Answer(data, () -> {});
    }
}
