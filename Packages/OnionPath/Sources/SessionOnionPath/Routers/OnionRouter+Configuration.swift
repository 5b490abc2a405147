public import SessionCrypto

extension OnionRouter {
    /// What may differ from the network's habits.
    public struct Configuration: Sendable {
        /// Nodes in a path, 1 or more.
        public let hopCount: Int
        /// Attempts for each request, 1 or more.
        public let attempts: Int
        public let encryption: HopEncryption
        /// Largest acceptable answer of a guard, in bytes.
        public let maximumResponseSize: Int
        /// Pause after a relay asked to send less.
        public let rateLimitPause: Duration

        public init(
            hopCount: Int = 3, attempts: Int = 3, encryption: HopEncryption = .xchacha20,
            maximumResponseSize: Int = 16 << 20, rateLimitPause: Duration = .seconds(1)
        ) {
            self.hopCount = max(1, hopCount)
            self.attempts = max(1, attempts)
            self.encryption = encryption
            self.maximumResponseSize = maximumResponseSize
            self.rateLimitPause = rateLimitPause
        }
    }
}
