package dev.countersign.resource.servlet;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wrapped answer that is no wrapper. Tomcat 11 ends the answer behind all wrappers when a forward
 * is over, before it could be signed, unless its context has {@code
 * suspendWrappedResponseAfterForward="false"}. Other containers take nothing but wrappers.
 *
 * <p>A proxy, since Jakarta Servlet 6.1 has methods that 6.0, for which this is compiled, has not.
 */
record PlainAnswer(ServletResponse wrapped) implements InvocationHandler {
  private static final String TOMCAT = "org.apache.catalina.";

  /** For Tomcat; the same answer for others. */
  static ServletResponse of(ServletResponse response) {
    if (!base(response).getClass().getName().startsWith(TOMCAT)) {
      return response;
    }
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            PlainAnswer.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            new PlainAnswer(response));
  }

  /** What stands behind it: what it was made of, or what a wrapper wraps. */
  static Optional<ServletResponse> behind(ServletResponse response) {
    if (Proxy.isProxyClass(response.getClass())
        && Proxy.getInvocationHandler(response) instanceof PlainAnswer plain) {
      return Optional.of(plain.wrapped());
    }
    return response instanceof ServletResponseWrapper wrapper
        ? Optional.of(wrapper.getResponse())
        : Optional.empty();
  }

  private static ServletResponse base(ServletResponse response) {
    return behind(response).map(PlainAnswer::base).orElse(response);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(wrapped, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
