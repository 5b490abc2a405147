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
        /// How long retries wait.
        public let pauses: RetryPauses
        /// Time for a request as a whole, when the request does not say; nil for the time of its attempts together.
        public let overallTimeLimit: Duration?
        /// One path of each kind is enough: for processes that end soon, which would build a second for nothing.
        public let singlePath: Bool
        public let nodeSharing: NodeSharing
        /// How long after a change the guards are written.
        public let saveDelay: Duration

        public init(
            hopCount: Int = 3, attempts: Int = 3, encryption: HopEncryption = .xchacha20,
            maximumResponseSize: Int = 16 << 20, pauses: RetryPauses = .init(), overallTimeLimit: Duration? = nil,
            singlePath: Bool = false, nodeSharing: NodeSharing = .reluctant, saveDelay: Duration = .milliseconds(500)
        ) {
            self.hopCount = max(1, hopCount)
            self.attempts = max(1, attempts)
            self.encryption = encryption
            self.maximumResponseSize = maximumResponseSize
            self.pauses = pauses
            self.overallTimeLimit = overallTimeLimit
            self.singlePath = singlePath
            self.nodeSharing = nodeSharing
            self.saveDelay = saveDelay
        }
    }
}
