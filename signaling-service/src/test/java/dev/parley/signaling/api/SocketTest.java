package dev.parley.signaling.api;

import dev.parley.signaling.fakes.Fakes;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;

/** What the tests over sockets share: the real parts, and the other services in memory. */
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres,kafka,s3"))
@WithTestResource(Fakes.class)
abstract class SocketTest extends Clients {}
