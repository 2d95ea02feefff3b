package dev.parley.signaling.client;

import dev.parley.contracts.playback.PlaybackView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.rest.client.reactive.Url;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** REST interfaces of recorders and players, as far as they are used here; the base is the node that master picked. */
@Path("/v1")
@RegisterRestClient(configKey = "worker", baseUri = "http://picked.invalid")
@OidcClientFilter
interface WorkerApi {
    @POST
    @Path("recordings")
    RecordingView startRecording(@Url String base, StartRecording request);

    @POST
    @Path("recordings/{recordId}:stop")
    void stopRecording(@Url String base, @PathParam("recordId") String recordId);

    @POST
    @Path("recordings/{recordId}:pause")
    void pauseRecording(@Url String base, @PathParam("recordId") String recordId);

    @POST
    @Path("recordings/{recordId}:resume")
    void resumeRecording(@Url String base, @PathParam("recordId") String recordId);

    @GET
    @Path("recordings/{recordId}")
    RecordingView recording(@Url String base, @PathParam("recordId") String recordId);

    @GET
    @Path("recordings")
    RecordingPage recordings(
            @Url String base,
            @QueryParam("bizName") String bizName,
            @QueryParam("roomId") String roomId,
            @QueryParam("starterUid") String starterUid,
            @QueryParam("name") String name,
            @QueryParam("fromMs") long fromMs,
            @QueryParam("toMs") long toMs,
            @QueryParam("page") int page,
            @QueryParam("size") int size);

    @DELETE
    @Path("recordings/{recordId}")
    void deleteRecording(@Url String base, @PathParam("recordId") String recordId);

    @POST
    @Path("playbacks")
    PlaybackView startPlayback(@Url String base, StartPlayback request);

    @POST
    @Path("playbacks/{vodId}:stop")
    void stopPlayback(@Url String base, @PathParam("vodId") String vodId);
}
