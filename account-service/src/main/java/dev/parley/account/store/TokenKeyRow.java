package dev.parley.account.store;

import dev.parley.account.domain.SigningKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code token_key}. */
@Entity
@Table(name = "token_key")
public class TokenKeyRow extends PanacheEntityBase {
    @Id
    public String kid;

    public byte[] publicKey;
    public byte[] sealedPrivateKey;
    public long createdAtMs;
    public long signsFromMs;

    SigningKey key() {
        return new SigningKey(kid, createdAtMs, signsFromMs);
    }
}
