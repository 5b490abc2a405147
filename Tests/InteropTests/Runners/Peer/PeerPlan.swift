import SessionInterfaces
import SessionSwarm

@testable import SessionDevnet

/// What servers must have held that no transcript stores: the recorded sessions are only parts of longer ones. It
/// follows from the answers alone.
struct PeerPlan {
    struct Planting {
        let message: MessageRecord
        let account: AccountKey
        let namespace: Namespace
    }

    /// A message that is stored by a transcript, or planted before one.
    private struct Known {
        let index: Int
        let account: AccountKey?
        let namespace: Namespace
        let isPlanted: Bool
    }

    /// By the position of the transcript before which they happen.
    private(set) var plantings: [Int: [Planting]] = [:]
    /// What was deleted by nothing that is recorded, likewise.
    private(set) var removals: [Int: [(hash: MessageHash, account: AccountKey)]] = [:]
    /// The messages that were retrieved so far, in the order in which they came.
    private var arrivals: [MessageHash] = []
    private var known: [MessageHash: Known] = [:]
    private let clocks: [Int64?]

    /// Namespace for messages of which nothing is known but that they were there.
    private static let elsewhere = Namespace(rawValue: 15)

    /// - Parameter clocks: of the transcripts, in milliseconds.
    init(_ exchanges: [PeerExchange], clocks: [Int64?]) {
        self.clocks = clocks
        for exchange in exchanges {
            if let hash = exchange.storedHash, known[hash] == nil {
                known[hash] = Known(
                    index: exchange.index, account: exchange.account, namespace: exchange.namespace, isPlanted: false)
            }
        }
        for exchange in exchanges where exchange.status == 200 { add(exchange) }
    }

    private mutating func add(_ exchange: PeerExchange) {
        guard let account = exchange.account else { return }
        let clock = clocks[exchange.index] ?? 0
        switch exchange.method {
        case "retrieve": addRetrieved(exchange, account)
        case "delete", "delete_all":
            for (hash, namespace) in hashes(exchange.part?["deleted"], exchange.namespace) {
                addBefore(exchange, account, namespace, hash, dated: clock, expiry: clock + 86_400_000)
            }
        case "delete_before":
            let before = exchange.parameters["before"]?.integer ?? clock
            for (hash, namespace) in hashes(exchange.part?["deleted"], exchange.namespace) {
                addBefore(exchange, account, namespace, hash, dated: before, expiry: clock + 86_400_000)
            }
        case "expire": addExpiring(exchange, account, clock)
        case "expire_all":
            let expiry = exchange.parameters["expiry"]?.integer ?? clock
            for (hash, namespace) in hashes(exchange.part?["updated"], exchange.namespace) {
                addBefore(exchange, account, namespace, hash, dated: clock, expiry: expiry + 1000)
            }
        case "get_expiries":
            for (hash, expiry) in exchange.body["expiries"]?.object ?? [:] {
                guard let hash = MessageHash(hash) else { continue }
                addBefore(exchange, account, .messages, hash, dated: clock, expiry: expiry.integer ?? clock)
            }
        case "unrevoke_subaccount" where (exchange.part?["count"]?.integer ?? 0) > 0:
            // Revocations were kept, so the account had a message.
            plant(0, account, Self.elsewhere, account.messageHash(Self.elsewhere, [0]), [0], clock, clock + 86_400_000)
        default: break
        }
    }

    private mutating func addExpiring(_ exchange: PeerExchange, _ account: AccountKey, _ clock: Int64) {
        let applied = exchange.part?["expiry"]
        let updated = exchange.part?["updated"]?.array ?? []
        for (position, text) in updated.enumerated() {
            guard let hash = text.string.flatMap({ MessageHash($0) }) else { continue }
            let expiry = applied?.integer ?? applied?.array?[position].integer ?? clock
            let shortens = exchange.parameters["shorten"]?.bool ?? false
            addBefore(
                exchange, account, .messages, hash, dated: clock, expiry: shortens ? expiry + 1000 : expiry - 1000)
        }
        for (text, expiry) in exchange.part?["unchanged"]?.object ?? [:] {
            guard let hash = MessageHash(text) else { continue }
            addBefore(exchange, account, .messages, hash, dated: clock, expiry: expiry.integer ?? clock)
        }
    }

    /// Messages come in order of arrival: each arrived after those before it, and by its own time as far as that goes.
    private mutating func addRetrieved(_ exchange: PeerExchange, _ account: AccountKey) {
        var earliest = 0
        let messages = exchange.body["messages"]?.array ?? []
        addRemoval(exchange, account, messages)
        for message in messages {
            guard let hash = message["hash"]?.string.flatMap({ MessageHash($0) }) else { continue }
            if !arrivals.contains(hash) { arrivals.append(hash) }
            if let known = known[hash], known.index <= exchange.index {
                earliest = max(earliest, known.index + (known.isPlanted ? 0 : 1))
                continue
            }
            guard let timestamp = message["timestamp"]?.integer, let expiry = message["expiration"]?.integer else {
                continue
            }
            let data = message["data"]?.string
            let byTime = clocks.firstIndex { ($0 ?? 0) >= timestamp } ?? exchange.index
            earliest = min(max(earliest, byTime), exchange.index)
            plant(
                earliest, account, exchange.namespace, hash, data == "=" ? [] : data.flatMap(Base64.decode) ?? [],
                timestamp, expiry)
        }
        guard exchange.body["more"] == true else { return }
        let listed = Set(messages.compactMap { $0["hash"]?.string })
        let hasMore = known.contains { hash, known in
            known.index < exchange.index && known.account == account && known.namespace == exchange.namespace
                && !listed.contains(hash.text)
        }
        if !hasMore {
            let clock = clocks[exchange.index] ?? 0
            let filler = account.messageHash(exchange.namespace, [0])
            plant(exchange.index, account, exchange.namespace, filler, [0], clock, clock + 86_400_000)
        }
    }

    /// A server that begins again although it was told a hash no longer has the message.
    private mutating func addRemoval(_ exchange: PeerExchange, _ account: AccountKey, _ messages: [JSONValue]) {
        guard let last = exchange.parameters["last_hash"]?.string.flatMap({ MessageHash($0) }),
            let place = arrivals.firstIndex(of: last)
        else { return }
        let earlier = Set(arrivals[..<place].map(\.text))
        guard messages.contains(where: { earlier.contains($0["hash"]?.string ?? "") }) else { return }
        removals[exchange.index, default: []].append((last, account))
    }

    private mutating func addBefore(
        _ exchange: PeerExchange, _ account: AccountKey, _ namespace: Namespace, _ hash: MessageHash,
        dated timestamp: Int64, expiry: Int64
    ) {
        if let known = known[hash], known.index < exchange.index || known.isPlanted { return }
        plant(exchange.index, account, namespace, hash, [], timestamp, expiry)
    }

    private mutating func plant(
        _ index: Int, _ account: AccountKey, _ namespace: Namespace, _ hash: MessageHash, _ data: [UInt8],
        _ timestamp: Int64, _ expiry: Int64
    ) {
        known[hash] = Known(index: index, account: account, namespace: namespace, isPlanted: true)
        let message = MessageRecord(
            hash: hash, timestamp: Timestamp(milliseconds: timestamp), expiry: Timestamp(milliseconds: expiry),
            data: data)
        plantings[index, default: []].append(Planting(message: message, account: account, namespace: namespace))
    }

    /// Hashes of one namespace, or of several by their numbers.
    private func hashes(_ value: JSONValue?, _ namespace: Namespace) -> [(MessageHash, Namespace)] {
        switch value {
        case .array(let list): list.compactMap { $0.string.flatMap { MessageHash($0) } }.map { ($0, namespace) }
        case .object(let lists):
            lists.flatMap { name, list in
                hashes(list, Int16(name).map { Namespace(rawValue: $0) } ?? namespace)
            }
        default: []
        }
    }
}
