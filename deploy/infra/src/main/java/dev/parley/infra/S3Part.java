package dev.parley.infra;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * A real S3 interface over plain files, in this JVM, on 127.0.0.1. Checks signatures (version 4) and their expiry. Has no tags,
 * versions, life cycles, policies or compose.
 */
public final class S3Part implements Part {
    private final S3Proxy server;
    private final BlobStore store;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private boolean closed;

    private S3Part(S3Proxy server, BlobStore store) {
        this.server = server;
        this.store = store;
    }

    /**
     * @param directory one folder per bucket below it
     * @param port      0 takes a free one
     * @param bucket    created when missing
     * @throws PartFailed when the port is taken or the directory cannot be used
     */
    public static S3Part start(Path directory, int port, String accessKey, String secretKey, String bucket) {
        try {
            var properties = new Properties();
            properties.setProperty(
                    "jclouds.filesystem.basedir",
                    Files.createDirectories(directory).toString());
            var store = BlobStores.create("filesystem-nio2", properties);
            var server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                    .ignoreUnknownHeaders(true)
                    // Pages of any origin: what they may do there, a signed address says, as with MinIO.
                    .corsRules(new CrossOriginResourceSharing())
                    .build();
            server.start();
            var part = new S3Part(server, store);
            if (!store.containerExists(bucket)) store.createContainer(bucket);
            return part;
        } catch (Exception e) { // S3Proxy.start declares Exception
            throw new PartFailed("s3", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Its threads are this JVM's: it does not end alone. */
    @Override
    public CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("s3 did not stop", e);
        } finally {
            store.close();
            gone.complete(null);
        }
    }
}
