import CSodium

/// Starts libsodium.
enum Sodium {
    /// To be called before any other function of libsodium; does its work once.
    static func prepare() { started }

    // Fails only where the system gives no randomness at all: there is no safe way to go on.
    private static let started: Void = precondition(sodium_init() >= 0, "libsodium cannot start")
}
