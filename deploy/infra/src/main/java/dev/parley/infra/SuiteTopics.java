package dev.parley.infra;

import dev.parley.contracts.event.Topics;
import java.util.Arrays;
import java.util.List;

/** The Kafka topics of the suite, read from {@link Topics}: a constant added there is a topic made here. */
public final class SuiteTopics {
    /** Enough for a few copies of each service on one machine; every partition costs the broker files and memory. */
    public static final int PARTITIONS = 4;

    private SuiteTopics() {}

    /** All names, in the order of declaration. */
    public static List<String> names() {
        return Arrays.stream(Topics.class.getFields())
                .filter(field -> field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("Topics has a constant that cannot be read", e);
                    }
                })
                .toList();
    }
}
