package dev.parley.launcher;

/** Every port of a suite, counted from one base: two suites with bases 100 apart run side by side (docs/internals.md). */
record Ports(int base) {
    static final int DEFAULT_BASE = 7100;

    static Ports fromEnvironment() {
        String text = System.getenv().getOrDefault("PARLEY_PORT_BASE", "");
        if (text.isEmpty()) return new Ports(DEFAULT_BASE);
        if (text.matches("\\d{4,5}")) {
            int base = Integer.parseInt(text);
            if (base >= 1024 && base <= 65_000) return new Ports(base);
        }
        throw new Fault("PARLEY_PORT_BASE is not a port from 1024 to 65000: " + text);
    }

    /** The certificate of the local authority, plain HTTP, with {@code --lan} only. */
    int authority() {
        return base + 8;
    }

    /** HTTPS of signaling, with {@code --lan} only. */
    int secure() {
        return base + 9;
    }

    int media() {
        return base + 10;
    }

    int tap() {
        return base + 11;
    }

    int postgres() {
        return base + 20;
    }

    int kafka() {
        return base + 21;
    }

    int kafkaController() {
        return base + 22;
    }

    int s3() {
        return base + 23;
    }
}
