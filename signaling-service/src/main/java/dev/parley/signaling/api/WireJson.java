package dev.parley.signaling.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.parley.signaling.domain.Json;
import dev.parley.signaling.domain.WireName;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** How domain records are written as JSON: absent instead of null, enumerations in lower case, unread values as they came. */
@Singleton
public class WireJson implements ObjectMapperCustomizer {
    @Override
    @SuppressWarnings("deprecation") // the builder that replaces it cannot be used on a mapper that is there already
    public void customize(ObjectMapper mapper) {
        mapper.configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, true);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.setSerializationInclusion(JsonInclude.Include.NON_NULL);
        mapper.registerModule(new SimpleModule("parley")
                .addSerializer(new NameWriter())
                .addSerializer(new JsonWriter())
                .addDeserializer(Json.class, new JsonReader()));
    }

    private static final class NameWriter extends StdSerializer<WireName> {
        private static final long serialVersionUID = 1L;

        NameWriter() {
            super(WireName.class);
        }

        @Override
        public void serialize(WireName value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.wire());
        }
    }

    private static final class JsonWriter extends StdSerializer<Json> {
        private static final long serialVersionUID = 1L;

        JsonWriter() {
            super(Json.class);
        }

        @Override
        public void serialize(Json value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(value.text());
        }
    }

    private static final class JsonReader extends StdDeserializer<Json> {
        private static final long serialVersionUID = 1L;

        JsonReader() {
            super(Json.class);
        }

        @Override
        public Json deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            return new Json(node.toString());
        }

        @Override
        public Json getNullValue(DeserializationContext context) {
            return Json.NULL;
        }
    }
}
