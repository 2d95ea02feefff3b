package dev.parley.recorder.api;

import dev.parley.recorder.domain.RecordingStore;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** Query of a list of recordings; see {@link RecordingStore.Filter}. */
public class ListRequest {
    private static final int SIZE_MAX = 1_000;

    @QueryParam("bizName")
    @DefaultValue("")
    @Size(max = 64)
    public String bizName;

    @QueryParam("roomId")
    @DefaultValue("")
    @Size(max = 64)
    public String roomId;

    @QueryParam("starterUid")
    @DefaultValue("")
    @Size(max = 256)
    public String starterUid;

    @QueryParam("name")
    @DefaultValue("")
    @Size(max = 256)
    public String name;

    @QueryParam("fromMs")
    @DefaultValue("0")
    @Min(0)
    public long fromMs;

    @QueryParam("toMs")
    @DefaultValue("0")
    @Min(0)
    public long toMs;

    @QueryParam("page")
    @DefaultValue("0")
    @Min(0)
    @Max(1_000_000)
    public int page;

    @QueryParam("size")
    @DefaultValue("100")
    @Min(1)
    @Max(SIZE_MAX)
    public int size;

    RecordingStore.Filter filter() {
        return new RecordingStore.Filter(bizName, roomId, starterUid, name, fromMs, toMs, page, size);
    }
}
