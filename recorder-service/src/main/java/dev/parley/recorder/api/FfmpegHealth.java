package dev.parley.recorder.api;

import dev.parley.recorder.compose.Compositions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Without FFmpeg no film can be made: the node is not ready, and the answer says why. Looked for until found, then remembered. */
@Readiness
@ApplicationScoped
public class FfmpegHealth implements HealthCheck {
    private final Compositions compositions;
    private volatile String version;

    FfmpegHealth(Compositions compositions) {
        this.compositions = compositions;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("ffmpeg");
        try {
            if (version == null) version = compositions.ffmpegVersion();
            return check.up().withData("version", version).build();
        } catch (IOException e) {
            return check.down()
                    .withData("missing", "install ffmpeg or set PARLEY_FFMPEG: " + e.getMessage())
                    .build();
        }
    }
}
