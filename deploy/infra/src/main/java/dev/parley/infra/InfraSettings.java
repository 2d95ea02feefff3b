package dev.parley.infra;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the infra process is told, by its environment. A missing credential stops the start: there are no default passwords.
 *
 * @param directory      {@code PARLEY_INFRA_DIR}: data of all three parts; made when missing
 * @param postgresPort   {@code PARLEY_INFRA_POSTGRES_PORT}, default 7120
 * @param kafkaPort      {@code PARLEY_INFRA_KAFKA_PORT}, default 7121
 * @param controllerPort {@code PARLEY_INFRA_KAFKA_CONTROLLER_PORT}, default 7122
 * @param s3Port         {@code PARLEY_INFRA_S3_PORT}, default 7123
 * @param dbPassword     {@code PARLEY_DB_PASSWORD}
 * @param s3AccessKey    {@code PARLEY_S3_ACCESS_KEY}
 * @param s3SecretKey    {@code PARLEY_S3_SECRET_KEY}
 * @param s3Bucket       {@code PARLEY_S3_BUCKET}, default {@code parley}
 */
public record InfraSettings(
        Path directory,
        int postgresPort,
        int kafkaPort,
        int controllerPort,
        int s3Port,
        String dbPassword,
        String s3AccessKey,
        String s3SecretKey,
        String s3Bucket) {
    /** @throws IllegalArgumentException naming the first variable that is missing or not a port */
    public static InfraSettings of(Map<String, String> environment) {
        return new InfraSettings(
                Path.of(needed(environment, "PARLEY_INFRA_DIR")).toAbsolutePath(),
                port(environment, "PARLEY_INFRA_POSTGRES_PORT", 7120),
                port(environment, "PARLEY_INFRA_KAFKA_PORT", 7121),
                port(environment, "PARLEY_INFRA_KAFKA_CONTROLLER_PORT", 7122),
                port(environment, "PARLEY_INFRA_S3_PORT", 7123),
                needed(environment, "PARLEY_DB_PASSWORD"),
                needed(environment, "PARLEY_S3_ACCESS_KEY"),
                needed(environment, "PARLEY_S3_SECRET_KEY"),
                environment.getOrDefault("PARLEY_S3_BUCKET", "parley"));
    }

    private static String needed(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) throw new IllegalArgumentException(name + " is not set");
        return value;
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String value = environment.get(name);
        if (value == null) return otherwise;
        if (value.matches("\\d{1,5}")) {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65_535) return port;
        }
        throw new IllegalArgumentException(name + " is not a port: " + value);
    }
}
