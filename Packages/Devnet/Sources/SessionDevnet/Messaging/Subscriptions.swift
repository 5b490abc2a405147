import SessionInterfaces
import Synchronization

/// Where notifications of one connection go.
final class Subscriber: Sendable {
    let receive: @Sendable (_ notification: [UInt8]) -> Void

    init(_ receive: @escaping @Sendable (_ notification: [UInt8]) -> Void) { self.receive = receive }
}

/// Who at a node wants to hear of new messages. Follows protocol document 02, section 4.20.
final class Subscriptions: Sendable {
    private static let lifetime = Duration.seconds(65 * 60)

    private let accounts = Mutex<[AccountKey: [ObjectIdentifier: Subscription]]>([:])

    private struct Subscription {
        let subscriber: Subscriber
        /// The namespaces, and whether the data is wanted.
        var namespaces: [Namespace: Bool]
        var expiry: Timestamp
    }

    /// Adds to what the subscriber hears about the account, and lets it last from now.
    func add(_ request: MonitorRequest, for subscriber: Subscriber, at now: Timestamp) {
        accounts.withLock { accounts in
            let id = ObjectIdentifier(subscriber)
            var subscription =
                accounts[request.account]?[id].flatMap { $0.expiry > now ? $0 : nil }
                ?? Subscription(subscriber: subscriber, namespaces: [:], expiry: now)
            for namespace in request.namespaces {
                subscription.namespaces[namespace] =
                    request.includesData || (subscription.namespaces[namespace] ?? false)
            }
            subscription.expiry = now + Self.lifetime
            accounts[request.account, default: [:]][id] = subscription
        }
    }

    /// Everyone who wants to hear of a message, and whether with its data.
    func subscribers(
        of account: AccountKey, _ namespace: Namespace, at now: Timestamp
    ) -> [(subscriber: Subscriber, includesData: Bool)] {
        accounts.withLock { accounts in
            guard let subscriptions = accounts[account] else { return [] }
            let current = subscriptions.filter { $0.value.expiry > now }
            accounts[account] = current.isEmpty ? nil : current
            return current.values.compactMap { subscription in
                subscription.namespaces[namespace].map { (subscription.subscriber, $0) }
            }
        }
    }
}

extension StorageNode {
    /// Tells subscribers of a message that is new at this node.
    func announce(_ message: MessageRecord, for account: AccountKey, _ namespace: Namespace) {
        for (subscriber, includesData) in subscriptions.subscribers(of: account, namespace, at: now) {
            var entries: [Bencoded.Entry] = [
                .init("@", .bytes(account.bytes)), .init("h", .bytes(Array(message.hash.text.utf8))),
                .init("n", .integer(Int64(namespace.rawValue))),
                .init("t", .integer(message.timestamp.milliseconds)),
                .init("z", .integer(message.expiry.milliseconds)),
            ]
            if includesData { entries.append(.init("~", .bytes(message.data))) }
            subscriber.receive(Bencoded.dictionary(entries).encoded)
        }
    }

    /// Takes one subscription or a list of them; the answer is one or a list likewise.
    func monitor(_ body: [UInt8], for subscriber: Subscriber) -> [UInt8] {
        guard let value = Bencoded(body) else { return MonitorRefusal.noBody.bencoded.encoded }
        switch value {
        case .dictionary: return monitor(value, for: subscriber).encoded
        case .list(let requests) where !requests.isEmpty:
            return Bencoded.list(requests.map { monitor($0, for: subscriber) }).encoded
        default: return MonitorRefusal.noBody.bencoded.encoded
        }
    }

    private func monitor(_ value: Bencoded, for subscriber: Subscriber) -> Bencoded {
        do throws(MonitorRefusal) {
            let request = try MonitorRequest(value, at: now)
            if network.generation.refusesForeignSubscriptions {
                guard network.chain.swarm(of: request.account).members.contains(where: { $0.ed25519Key == key }) else {
                    throw MonitorRefusal.wrongSwarm
                }
            }
            subscriptions.add(request, for: subscriber, at: now)
            return .dictionary([.init("success", .integer(1))])
        } catch {
            return error.bencoded
        }
    }
}
