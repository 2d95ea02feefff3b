package dev.parley.launcher;

import java.util.LinkedHashMap;

/** {@code ./parley token --room ROOM [--publish] [--subscribe]}: neither means both. Makes the room when it is new. */
final class Token {
    private static final String USAGE = "usage: ./parley token --room ROOM [--publish] [--subscribe]";

    private final Layout layout;
    private final Ports ports;

    Token(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    int run(String[] arguments) {
        String room = "";
        boolean publish = false;
        boolean subscribe = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--room" -> {
                    if (++i == arguments.length) throw new Fault(USAGE);
                    room = arguments[i];
                }
                case "--publish" -> publish = true;
                case "--subscribe" -> subscribe = true;
                default -> throw new Fault(USAGE);
            }
        }
        if (room.isEmpty()) throw new Fault(USAGE);
        boolean neither = !publish && !subscribe;
        show(ask(room, publish || neither, subscribe || neither));
        return 0;
    }

    private String ask(String room, boolean publish, boolean subscribe) {
        var body = new LinkedHashMap<String, Object>();
        body.put("room", room);
        body.put("publish", publish);
        body.put("subscribe", subscribe);
        String bearer = Http.serviceToken(ports, new Secrets(layout), "signaling");
        var answer = Http.post(
                Service.SIGNALING.url(ports) + "/v1/tool-tokens", bearer, "application/json", Json.write(body));
        if (answer.statusCode() / 100 != 2) {
            throw new Fault("signaling gave no token: " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static void show(String answer) {
        String token = Json.string(answer, "token").orElseThrow(() -> new Fault("no token in the answer: " + answer));
        System.out.println("token  " + token);
        for (String kind : new String[] {"whip", "whep"}) {
            Json.string(answer, kind).ifPresent(url -> System.out.println(kind + "   " + url));
        }
    }
}
