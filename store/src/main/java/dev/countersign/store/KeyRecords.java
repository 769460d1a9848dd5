package dev.countersign.store;

import java.util.List;

/** The server's own keys, made once and shared by all nodes. */
public interface KeyRecords {

  /**
   * The keys of a purpose; if there are none yet, the given ones are kept first. Of nodes that race
   * at first start one provides the keys and all get the same ones.
   *
   * @param purpose for instance {@code signing} or {@code dpop-nonce}
   * @param fresh what to keep if nothing is there; not empty
   * @return what stands in the store now, oldest first; of the same age in the order of their ids
   */
  List<KeyRecord> keysOrCreate(String purpose, List<KeyRecord> fresh);
}
