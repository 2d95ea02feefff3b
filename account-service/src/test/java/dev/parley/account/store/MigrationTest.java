package dev.parley.account.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.account.api.Secrets;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class MigrationTest {
    private static final String SCHEMA = "account_of_v1";

    @Inject
    DataSource database;

    @Test
    void rowsOfTheFirstVersionAreThereAfterAllMigrationsWithLevelNumberAndKey() throws SQLException {
        flyway("1").migrate();
        try (var connection = database.getConnection()) {
            run(connection, "insert into company values ('operator', 1), ('demo', 2)");
            run(connection, """
                    insert into person (id, company_id, name, display_name, password_hash, group_name, created_at_ms) values
                    (gen_random_uuid(), 'operator', 'admin', 'Administrator', 'hash-1', 'root', 3),
                    (gen_random_uuid(), 'demo', 'boss', 'Boss', 'hash-2', 'admin', 4),
                    (gen_random_uuid(), 'demo', 'Ann', 'Ann', 'hash-3', 'user', 5)""");
            run(connection, """
                    insert into application values
                    ('demo', 'demo', 'Demo', 'default', 'prod', 'PUBLIC', '\\x0102', true, 'https://b.example/', true, 6)""");
            run(connection, "set search_path to default");
        }
        flyway("latest").migrate();
        try (var connection = database.getConnection()) {
            try (var rows = query(connection, "select * from person order by created_at_ms")) {
                int[] levels = {1, 2, 4};
                for (int i = 0; i < 3; i++) {
                    assertTrue(rows.next());
                    assertEquals(levels[i], rows.getInt("level"));
                    assertEquals("hash-" + (i + 1), rows.getString("password_hash"));
                    assertTrue(rows.getLong("number") > 0);
                    assertTrue(rows.getBoolean("enabled"));
                }
            }
            try (var rows = query(connection, "select * from company where id = 'demo'")) {
                assertTrue(rows.next());
                assertEquals("demo", rows.getString("display_name"));
                assertTrue(rows.getBoolean("enabled"));
            }
            try (var rows = query(connection, "select * from application_key")) {
                assertTrue(rows.next());
                assertEquals("PUBLIC", rows.getString("public_key"));
                assertEquals("AQI=", Base64.getEncoder().encodeToString(rows.getBytes("sealed_private_key")));
                assertEquals("application key demo", rows.getString("seal_label"), "else it could not be opened");
                assertEquals(Long.MAX_VALUE, rows.getLong("expires_at_ms"));
            }
            try (var rows = query(connection, "select * from application")) {
                assertTrue(rows.next());
                assertEquals("https://b.example/", rows.getString("callback_url"));
                assertTrue(rows.getBoolean("auto_record"));
            }
            run(
                    connection,
                    "insert into person (company_id, name, display_name, password_hash, level, created_at_ms)"
                            + " values ('demo', 'new', 'New', 'h', 5, 7)");
            run(connection, "set search_path to default"); // back into the pool as it came
        }
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .target(target)
                .load();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set search_path to " + SCHEMA);
            statement.execute(sql);
        }
    }

    private static ResultSet query(Connection connection, String sql) throws SQLException {
        var statement = connection.createStatement();
        statement.closeOnCompletion();
        statement.execute("set search_path to " + SCHEMA);
        return statement.executeQuery(sql);
    }
}
