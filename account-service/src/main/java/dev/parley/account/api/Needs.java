package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the line of the permission table that an endpoint asks for; {@link Guard} refuses endpoints without one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {
    Operation value();
}
