package dev.parley.account.store;

import dev.parley.account.domain.Application;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code application}. */
@Entity
@Table(name = "application")
public class ApplicationRow extends PanacheEntityBase {
    @Id
    public String bizName;

    public String companyId;
    public String name;
    public String appId;
    public String workspaceId;
    public String publicKey;
    public byte[] sealedPrivateKey;
    public boolean autoRecord;
    public String callbackUrl;
    public boolean guestsAllowed;
    public long createdAtMs;

    static ApplicationRow of(Application a, byte[] sealedPrivateKey) {
        var row = new ApplicationRow();
        row.bizName = a.bizName();
        row.companyId = a.companyId();
        row.name = a.name();
        row.appId = a.appId();
        row.workspaceId = a.workspaceId();
        row.publicKey = a.publicKey();
        row.sealedPrivateKey = sealedPrivateKey;
        row.createdAtMs = a.createdAtMs();
        row.set(a);
        return row;
    }

    void set(Application a) {
        autoRecord = a.autoRecord();
        callbackUrl = a.callbackUrl();
        guestsAllowed = a.guestsAllowed();
    }

    Application application() {
        return new Application(
                bizName,
                companyId,
                name,
                appId,
                workspaceId,
                publicKey,
                autoRecord,
                callbackUrl,
                guestsAllowed,
                createdAtMs);
    }
}
