/** What every REST interface of the suite does alike at its edge. Knows the contracts and the framework, no service and no rule. */
package dev.parley.edge;
