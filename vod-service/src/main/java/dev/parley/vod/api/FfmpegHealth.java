package dev.parley.vod.api;

import dev.parley.vod.player.Ffmpeg;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready without the ffmpeg program. Looked at until it is found once: it does not go away again. */
@Readiness
@ApplicationScoped
public class FfmpegHealth implements HealthCheck {
    private final Ffmpeg ffmpeg;
    private volatile String version;

    FfmpegHealth(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("ffmpeg");
        try {
            if (version == null) version = ffmpeg.version();
            return answer.up().withData("version", version).build();
        } catch (IOException e) {
            return answer.down()
                    .withData("reason", "the ffmpeg program cannot be run")
                    .build();
        }
    }
}
