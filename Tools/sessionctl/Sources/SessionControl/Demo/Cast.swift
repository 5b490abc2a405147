import SessionCrypto
import SessionInterfaces
import SessionMessenger

/// An account of the demo, in a data directory and with a network stack of its own, as if on its own machine.
struct Cast: Sendable {
    let keys: AccountKeys
    let messenger: Messenger
    let stack: NetworkStack
    let storage: String
    private let store: any Store

    var id: AccountID { keys.accountID }

    static func make(
        _ name: String, keys: AccountKeys? = nil, in directory: String, _ place: Workplace, _ network: Network
    ) async throws -> Cast {
        let keys = keys ?? AccountKeys.generate(from: CryptoRandom())
        let accounts = AccountDirectory(path: directory + "/" + name, catalog: place.catalog)
        let settings = place.settings
        let store: any Store
        if settings.storage.value == "memory" {
            store = try await place.catalog.storage.plugin(named: "memory").make(StorageOptions(directory: directory))
        } else {
            _ = try await accounts.add(keys, label: name, storage: settings.storage.value, at: SystemClock().now())
            store = try await accounts.open(name, storage: settings.storage).store
        }
        let stack = try NetworkStack(
            network: network, settings, catalog: place.catalog, isolation: .account(keys.accountID))
        return Cast(
            keys: keys, messenger: Messenger(keys: keys, store: store, swarm: stack.swarm, clock: stack.clock),
            stack: stack,
            storage: settings.storage.value, store: store)
    }

    /// Polls, and returns the one message that must have come.
    func receive(from sender: AccountID) async throws -> HistoryEntry {
        let report = try await messenger.poll()
        let arrivals = try await messenger.arrivals()
        guard arrivals.count == 1, let arrival = arrivals.first else {
            throw ControlError(
                .demoFailed,
                "expected one message, found \(arrivals.count), dropped \(report.dropped.values.reduce(0, +))")
        }
        guard arrival.message.sender == sender else {
            throw ControlError(.demoFailed, "the message is from someone else")
        }
        try await messenger.acknowledge(arrivals)
        return arrival.message
    }

    func close() async {
        await store.close()
        await stack.shutdown()
    }
}
