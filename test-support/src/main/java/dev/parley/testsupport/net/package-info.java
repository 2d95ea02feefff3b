/** Bad networks for tests: a model of one direction of a link, and a UDP forwarder that behaves by it. Both make their decisions by a seed. */
package dev.parley.testsupport.net;
