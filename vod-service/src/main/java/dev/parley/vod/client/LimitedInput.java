package dev.parley.vod.client;

import dev.parley.contracts.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Ends with {@link LimitException} when more bytes come than allowed: a length is not always told, and not always true. */
final class LimitedInput extends FilterInputStream {
    static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;
        final transient RefusedException refusal;

        LimitException(RefusedException refusal) {
            super(refusal.getMessage());
            this.refusal = refusal;
        }
    }

    private final Supplier<RefusedException> refusal;
    private long rest;

    LimitedInput(InputStream in, long limitBytes, Supplier<RefusedException> refusal) {
        super(in);
        this.rest = limitBytes;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) take(1);
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) take(count);
        return count;
    }

    private void take(int count) throws LimitException {
        rest -= count;
        if (rest < 0) throw new LimitException(refusal.get());
    }
}
