package dev.parley.contracts.account;

import java.util.List;

/** One page of a search. @param page from 0 @param totalPage how many pages there are at this size */
public record UserPage(List<UserView> users, int page, long totalCount, long totalPage) {}
