package dev.parley.edge;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Custom verbs end in {@code :verb}; some clients encode the colon, which RFC 3986 section 3.3 makes the same path only by convention. */
public class EncodedColon {
    @ServerRequestFilter(preMatching = true)
    public void decode(ContainerRequestContext request) {
        String raw = request.getUriInfo().getRequestUri().toString();
        int query = raw.indexOf('?');
        String path = query < 0 ? raw : raw.substring(0, query);
        if (!path.contains("%3A") && !path.contains("%3a")) return;
        String decoded = path.replace("%3A", ":").replace("%3a", ":") + (query < 0 ? "" : raw.substring(query));
        request.setRequestUri(URI.create(decoded));
    }
}
