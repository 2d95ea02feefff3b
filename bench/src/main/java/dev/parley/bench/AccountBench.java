package dev.parley.bench;

import dev.parley.bench.account.AccountRun;

/** {@code ./parley bench account}: signature, token and password checks per second and core. */
public final class AccountBench {
    private AccountBench() {}

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(AccountRun.run(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
