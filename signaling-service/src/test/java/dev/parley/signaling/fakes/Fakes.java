package dev.parley.signaling.fakes;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The other services of a test: one small server each, in memory. */
public final class Fakes implements QuarkusTestResourceLifecycleManager {
    public static FakeAccount account;
    public static FakeRelay relay;
    public static FakeRelay otherRelay;
    public static FakeMaster master;
    public static FakeWorker worker;

    @Override
    public Map<String, String> start() {
        account = new FakeAccount();
        relay = new FakeRelay();
        otherRelay = new FakeRelay();
        worker = new FakeWorker();
        master = new FakeMaster(relay, worker);
        return Map.of(
                "PARLEY_ACCOUNT_URL", account.url(),
                "PARLEY_MASTER_URL", master.url(),
                "PARLEY_SERVICE_SECRET", "secret-of-the-test-services");
    }

    @Override
    public void stop() {
        for (Server server : new Server[] {account, relay, otherRelay, worker, master}) server.close();
    }
}
