/** How every service reaches PostgreSQL and S3. Knows the contracts and the framework, no service and no table. */
package dev.parley.store;
