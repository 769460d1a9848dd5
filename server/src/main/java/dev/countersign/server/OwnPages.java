package dev.countersign.server;

import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.PagesConfig;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.interaction.LoginThrottle;
import dev.countersign.server.interaction.Logins;
import dev.countersign.server.logout.LogoutEndpoint;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.server.mygrants.EndGrantEndpoint;
import dev.countersign.server.mygrants.GrantWords;
import dev.countersign.server.mygrants.MyGrantsEndpoint;
import dev.countersign.server.mygrants.MyGrantsLoginEndpoint;
import dev.countersign.server.mygrants.MyGrantsPages;
import dev.countersign.server.mygrants.OwnGrants;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Wires what people do at the server without a client: they log in and out, and see and end what
 * they allowed. For one thread, once.
 */
final class OwnPages {
  private final Config config;
  private final Store store;
  private final Accounts accounts;
  private final InteractionUrls urls;
  private final SecureRandom random;
  private final Logins logins;

  OwnPages(
      Config config,
      Store store,
      Accounts accounts,
      InteractionUrls urls,
      ServerMetrics metrics,
      SecureRandom random) {
    this.config = config;
    this.store = store;
    this.accounts = accounts;
    this.urls = urls;
    this.random = random;
    this.logins =
        new Logins(
            accounts,
            new LoginThrottle(config.login(), random),
            store,
            config.lifetimes().session(),
            config.login().acr(),
            metrics.logins(),
            random);
  }

  /** The logins, which count for clients' requests as well. */
  Logins logins() {
    return logins;
  }

  Endpoint logout(Pages pages) {
    return new LogoutEndpoint(logins, store, accounts, pages, urls, random);
  }

  /** Who shows and ends grants; empty if the operator does not want that. */
  Optional<Routes.MyGrants> myGrants(Pages pages, GrantWords words) {
    return Optional.of(config.pages()).filter(PagesConfig::myGrants).map(_ -> of(pages, words));
  }

  private Routes.MyGrants of(Pages pages, GrantWords words) {
    OwnGrants grants = new OwnGrants(store, store);
    MyGrantsPages own = new MyGrantsPages(pages, urls, accounts, grants, words, random);
    return new Routes.MyGrants(
        new MyGrantsEndpoint(logins, own),
        new MyGrantsLoginEndpoint(logins, own, urls),
        new EndGrantEndpoint(logins, grants, own, urls, config.lifetimes().accessToken()));
  }
}
