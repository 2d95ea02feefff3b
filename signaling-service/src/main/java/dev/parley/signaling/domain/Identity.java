package dev.parley.signaling.domain;

import java.util.Set;

/**
 * Who is asking, as account vouched for it.
 *
 * @param bizName application; rooms, invitations and messages never cross it (MRTC-CON-03)
 * @param room    the only room the token is good for; "" = any of the application
 * @param role    role that the token gives in the rooms it is good for
 * @param scopes  what the token allows
 */
public record Identity(String bizName, String uid, String displayName, String room, Role role, Set<Scope> scopes) {
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
