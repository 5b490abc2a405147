import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// One account: what it has sent and received, kept in a store.
///
/// A message is written to the store before it leaves and again when it has arrived; what comes in is written together
/// with the mark that it was seen. So whenever the process ends, nothing is lost, sent twice or shown twice.
public actor Messenger {
    public nonisolated let accountID: AccountID

    let keys: AccountKeys
    let store: any Store
    let swarm: SwarmClient
    let clock: any NetworkClock
    let random: any RandomSource

    public init(
        keys: AccountKeys, store: any Store, swarm: SwarmClient, clock: any NetworkClock = SystemClock(),
        random: any RandomSource = SystemRandom()
    ) {
        accountID = keys.accountID
        self.keys = keys
        self.store = store
        self.swarm = swarm
        self.clock = clock
        self.random = random
    }
}
