package dev.countersign.store.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The connections of the store, with someone who watches each statement of the writer. */
final class WatchedConnections implements Connections {

  private final Connections real;
  private final Statements watcher;

  WatchedConnections(Path file, Statements watcher) {
    this.real = new SqliteConnections(file);
    this.watcher = watcher;
  }

  @Override
  public Connection writer() throws SQLException {
    Connection connection = real.writer();
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          Object result = call(() -> method.invoke(connection, arguments));
          return result instanceof PreparedStatement statement
              ? watched(statement, (String) arguments[0])
              : result;
        });
  }

  @Override
  public Connection reader() throws SQLException {
    return real.reader();
  }

  private PreparedStatement watched(PreparedStatement statement, String text) {
    return proxy(
        PreparedStatement.class,
        (_, method, arguments) -> {
          if (!method.getName().startsWith("execute")) {
            return call(() -> method.invoke(statement, arguments));
          }
          watcher.before(text);
          Object result = call(() -> method.invoke(statement, arguments));
          watcher.after(text);
          return result;
        });
  }

  private interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private static Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
