package dev.countersign.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One Chromium process, and the driver that steers it. It takes the certificates of one key, ours,
 * and no other that it could not take otherwise. For one thread.
 */
final class SharedBrowser implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  private SharedBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts Chromium, which trusts certificate chains that hold the key. */
  static SharedBrowser start(Path executable, PublicKey trusted) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new SharedBrowser(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable)
                      .setArgs(arguments(trusted))));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  /** Root has no sandbox, a build has no screen, and nothing may be asked of the world outside. */
  private static List<String> arguments(PublicKey trusted) {
    return List.of(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--no-first-run",
        "--ignore-certificate-errors-spki-list=" + spki(trusted));
  }

  private static String spki(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The browser; whoever opens a context in it closes it. */
  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    try (playwright) {
      browser.close();
    }
  }
}
