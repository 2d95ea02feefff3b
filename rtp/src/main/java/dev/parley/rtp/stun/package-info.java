/** STUN messages as ICE uses them (RFC 8489, RFC 8445). */
package dev.parley.rtp.stun;
