/** How every service asks PostgreSQL. Knows the contracts and the framework, no service and no table. */
package dev.parley.store;
