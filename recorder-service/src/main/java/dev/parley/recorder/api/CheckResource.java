package dev.parley.recorder.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.recording.RecordingCheck;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.recorder.domain.FileCheck;
import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.ManifestSigner;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.RecordingStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Compares the files in the object store with the signed manifest. Errors: RECORDING_NOT_FOUND, RECORDING_STATE, UNAVAILABLE. */
@Path("/v1/recordings/{id}:verify")
@RolesAllowed(TokenClaims.SERVICE)
@RunOnVirtualThread
public class CheckResource {
    private final RecordingStore store;
    private final ObjectStore films;
    private final ManifestSigner signer;

    CheckResource(RecordingStore store, ObjectStore films, ManifestSigner signer) {
        this.store = store;
        this.films = films;
        this.signer = signer;
    }

    /** Reads every byte of the films. */
    @POST
    public RecordingCheck verify(@PathParam("id") @Size(max = 64) String id) {
        var recording = store.find(id).orElseThrow(() -> new RefusedException(ErrorCode.RECORDING_NOT_FOUND));
        if (recording.state() != RecordingState.DONE)
            throw new RefusedException(ErrorCode.RECORDING_STATE, "There is nothing to verify before it is done.");
        try {
            return check(id);
        } catch (IOException e) {
            throw new RefusedException(ErrorCode.UNAVAILABLE, "The object store does not answer.");
        }
    }

    private RecordingCheck check(String id) throws IOException {
        byte[] file;
        try (InputStream content = films.open(Manifest.pathOf(id))) {
            file = content.readAllBytes();
        }
        var opened = signer.opened(file);
        if (opened.isEmpty())
            return new RecordingCheck(
                    false, "", 0, 0, List.of("The manifest is not signed by this suite, or was changed after it was."));
        var manifest = opened.get().manifest();
        var findings = new ArrayList<String>();
        if (!manifest.recordId().equals(id)) findings.add("The manifest is that of another recording.");
        long bytes = 0;
        for (Manifest.File made : manifest.files()) {
            bytes += made.bytes();
            try (InputStream content = films.open(made.path())) {
                findings.addAll(FileCheck.findings(made, content));
            }
        }
        return new RecordingCheck(
                findings.isEmpty(), opened.get().keyId(), manifest.files().size(), bytes, List.copyOf(findings));
    }
}
