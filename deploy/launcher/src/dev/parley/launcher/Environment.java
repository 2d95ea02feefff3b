package dev.parley.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each process is told, by environment variables only (docs/internals.md). */
record Environment(Layout layout, Ports ports, Secrets secrets, Lan lan) {
    Map<String, String> infra() {
        var all = new HashMap<String, String>();
        all.put("PARLEY_INFRA_DIR", layout.data("infra").toString());
        all.put("PARLEY_INFRA_POSTGRES_PORT", Integer.toString(ports.postgres()));
        all.put("PARLEY_INFRA_KAFKA_PORT", Integer.toString(ports.kafka()));
        all.put("PARLEY_INFRA_KAFKA_CONTROLLER_PORT", Integer.toString(ports.kafkaController()));
        all.put("PARLEY_INFRA_S3_PORT", Integer.toString(ports.s3()));
        putParts(all);
        return all;
    }

    Map<String, String> of(Service service) {
        var all = new HashMap<String, String>();
        putParts(all);
        for (var other : List.of(Service.SIGNALING, Service.ACCOUNT, Service.MASTER, Service.RECORDER, Service.VOD)) {
            all.put("PARLEY_" + other.name() + "_URL", other.url(ports));
        }
        all.put("QUARKUS_HTTP_PORT", Integer.toString(service.port(ports)));
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("PARLEY_NODE_ID", service.title + "-1");
        all.put("PARLEY_SERVICE_SECRET", secrets.serviceSecret());
        all.put("PARLEY_DATA_DIR", layout.data(service.title).toString());
        if (service == Service.ACCOUNT) {
            all.put("PARLEY_MASTER_KEY", secrets.masterKey());
            all.put("PARLEY_ADMIN_PASSWORD", secrets.adminPassword());
            all.put("PARLEY_SEED_DEMO", "true");
            all.put("PARLEY_WEB_URL", Urls.web(ports));
            all.put("PARLEY_PRIVATE_TARGETS", "127.0.0.0/8"); // as for the recorder
        }
        if (service == Service.RECORDER) {
            all.put("PARLEY_MASTER_KEY", secrets.masterKey());
            all.put("PARLEY_PRIVATE_TARGETS", "127.0.0.0/8"); // a business server under development runs here too
        }
        if (service == Service.RELAY) {
            all.put("PARLEY_RELAY_URL", service.url(ports));
            all.put("PARLEY_RELAY_MEDIA_BIND", lan.mediaBind());
            all.put("PARLEY_RELAY_MEDIA_PORT", Integer.toString(ports.media()));
            all.put("PARLEY_RELAY_ANNOUNCE", String.join(",", lan.mediaAddresses()));
            all.put("PARLEY_RELAY_TAP_PORT", Integer.toString(ports.tap()));
            all.put("PARLEY_RELAY_TAP_HOST", "127.0.0.1");
        }
        if (service == Service.SIGNALING && lan.on()) {
            // One host for both: plain HTTP is open to the network too, and goes on serving this machine.
            all.put("QUARKUS_HTTP_HOST", "0.0.0.0");
            all.put("QUARKUS_HTTP_INSECURE_REQUESTS", "enabled");
            all.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(ports.secure()));
            all.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", lan.keyStore().toString());
            all.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE_TYPE", "PKCS12");
            all.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", lan.password());
        }
        return all;
    }

    private void putParts(Map<String, String> all) {
        all.put("PARLEY_DB_URL", "postgresql://127.0.0.1:" + ports.postgres() + "/parley");
        all.put("PARLEY_DB_USER", "postgres");
        all.put("PARLEY_DB_PASSWORD", secrets.dbPassword());
        all.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        all.put("PARLEY_S3_URL", "http://127.0.0.1:" + ports.s3());
        all.put("PARLEY_S3_ACCESS_KEY", secrets.s3AccessKey());
        all.put("PARLEY_S3_SECRET_KEY", secrets.s3SecretKey());
        all.put("PARLEY_S3_BUCKET", "parley");
        all.put("PARLEY_S3_REGION", "us-east-1");
    }
}
