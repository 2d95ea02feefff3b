package dev.parley.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * {@code ./parley verify MANIFEST [FOLDER] [--key ID]}: whether a recording's files are as the recorder made them, or which bytes are not. Asks
 * nobody: the manifest is a JSON Web Signature (RFC 7515, RFC 8037) with its public key in it; {@code --key} says whose it must be.
 */
final class Verify {
    private static final String USAGE = "usage: ./parley verify MANIFEST [FOLDER WITH THE FILES] [--key ID]";
    /** Before the 32 bytes of an Ed25519 key: SubjectPublicKeyInfo of RFC 8410. */
    private static final String SPKI = "302a300506032b6570032100";

    private final List<String> wrong = new ArrayList<>();

    private Verify() {}

    static int run(String[] arguments) {
        String key = null;
        var paths = new ArrayList<Path>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--key") && i + 1 < arguments.length) key = arguments[++i];
            else if (arguments[i].startsWith("-")) throw new Fault(USAGE);
            else paths.add(Path.of(arguments[i]));
        }
        if (paths.isEmpty() || paths.size() > 2) throw new Fault(USAGE);
        Path manifest = paths.getFirst();
        Path folder = paths.size() == 2 ? paths.get(1) : manifest.toAbsolutePath().getParent();
        return new Verify().check(manifest, folder, key) ? 0 : 1;
    }

    private boolean check(Path file, Path folder, String wantedKey) {
        try {
            Map<String, Object> manifest = opened(JsonReader.object(Files.readString(file)), wantedKey);
            System.out.println("recording  " + text(manifest, "recordId") + " in room " + text(manifest, "roomId"));
            journal(map(manifest, "journal"));
            if (!(manifest.get("files") instanceof List<?> files)) throw new Fault("the manifest names no files");
            for (Object one : files) {
                if (!(one instanceof Map<?, ?> facts)) throw new Fault("the manifest names no files");
                compare(facts, folder);
            }
        } catch (IOException e) {
            throw new Fault("cannot read " + e.getMessage());
        }
        System.out.println(wrong.isEmpty() ? "INTACT" : "NOT INTACT: " + String.join("; ", wrong));
        return wrong.isEmpty();
    }

    /** The signed part, once the signature holds. */
    private static Map<String, Object> opened(Map<String, Object> signed, String wantedKey) {
        String head = text(signed, "protected");
        String payload = text(signed, "payload");
        Map<String, Object> header = JsonReader.object(decoded(head));
        Map<?, ?> jwk = map(header, "jwk");
        if (!"EdDSA".equals(header.get("alg")) || !"Ed25519".equals(jwk.get("crv")) || !"OKP".equals(jwk.get("kty")))
            throw new Fault("the manifest is not signed with Ed25519");
        String x = text(jwk, "x");
        String id = thumbprint(x);
        if (!holds(x, head + "." + payload, text(signed, "signature")))
            throw new Fault("the manifest itself was changed after it was signed: it proves nothing");
        if (wantedKey != null && !wantedKey.equals(id))
            throw new Fault("the manifest is signed by another key, " + id + ", not by " + wantedKey);
        System.out.println("signed by  key " + id
                + (wantedKey == null ? " (whose it is tells GET /v1/recordings/manifest-keys of the recorder)" : ""));
        return JsonReader.object(decoded(payload));
    }

    private static boolean holds(String x, String input, String signature) {
        try {
            byte[] key = HexFormat.of().parseHex(SPKI + HexFormat.of().formatHex(bytes(x)));
            var check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            check.update(input.getBytes(StandardCharsets.UTF_8));
            return check.verify(bytes(signature));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** RFC 7638: the name of a key is its hash, so that no other key can bear it. */
    private static String thumbprint(String x) {
        String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256().digest(members.getBytes(StandardCharsets.UTF_8)));
    }

    private static void journal(Map<?, ?> journal) {
        int segments = journal.get("segments") instanceof List<?> list ? list.size() : 0;
        System.out.println("journal    " + segments + " segments, chain head " + journal.get("head"));
        if (journal.get("damage") instanceof List<?> damage)
            damage.forEach(line -> System.out.println("journal    when the film was made: " + line));
    }

    private void compare(Map<?, ?> facts, Path folder) throws IOException {
        String path = text(facts, "path");
        String name = path.substring(path.lastIndexOf('/') + 1);
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            tell(name, List.of("is not in " + folder));
            return;
        }
        if (!(facts.get("bytes") instanceof Long bytes)
                || !(facts.get("chunkBytes") instanceof Long chunkBytes)
                || !(facts.get("chunks") instanceof List<?> chunks)
                || chunkBytes <= 0
                || chunkBytes > 1 << 30) throw new Fault("the manifest does not describe " + name);
        tell(name, ranges(file, bytes, chunkBytes.intValue(), chunks));
    }

    /** Chunks beside each other that are not as recorded, as one range. */
    private static List<String> ranges(Path file, long bytes, int chunkBytes, List<?> chunks) throws IOException {
        var ranges = new ArrayList<String>();
        long size = Files.size(file);
        long badFrom = -1;
        long at = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Object wanted : chunks) {
                byte[] chunk = in.readNBytes((int) Math.min(chunkBytes, bytes - at));
                boolean good = HexFormat.of().formatHex(sha256().digest(chunk)).equals(wanted);
                if (good && badFrom >= 0) {
                    ranges.add(range(badFrom, at));
                    badFrom = -1;
                }
                if (!good && badFrom < 0) badFrom = at;
                at = Math.min(bytes, at + chunkBytes);
            }
        }
        if (badFrom >= 0) ranges.add(range(badFrom, at));
        if (at < bytes) ranges.add(range(at, bytes));
        if (size < bytes) ranges.add("ends at byte " + size + " of " + bytes);
        if (size > bytes) ranges.add((size - bytes) + " bytes follow after byte " + bytes + " that are not of the recording");
        return ranges;
    }

    private static String range(long from, long to) {
        return "bytes " + from + " to " + (to - 1) + " are not as recorded";
    }

    private void tell(String name, List<String> ranges) {
        System.out.println("file       " + name + ": " + (ranges.isEmpty() ? "intact" : String.join("; ", ranges)));
        for (String range : ranges) wrong.add(name + ", " + range);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String decoded(String base64) {
        return new String(bytes(base64), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Fault("the manifest is damaged: " + e.getMessage());
        }
    }

    private static String text(Map<?, ?> map, String name) {
        if (map.get(name) instanceof String text) return text;
        throw new Fault("the manifest has no " + name);
    }

    private static Map<?, ?> map(Map<?, ?> map, String name) {
        if (map.get(name) instanceof Map<?, ?> inner) return inner;
        throw new Fault("the manifest has no " + name);
    }
}
