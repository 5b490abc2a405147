import SessionInterfaces
import SessionSwarm
import Synchronization
import Testing

@testable import SessionDevnet

/// Replays what was sent over OxenMQ, by its content.
enum PeerMessaging {
    static func replay(_ transcript: JSONValue, _ stage: PeerStage) async throws -> [String] {
        let node = try await stage.node(at: nil)
        let service = MessageService(node: node)
        let response = transcript["response"] ?? .null
        if let pushes = response["pushes"]?.array { return try await replay(pushes, response, stage, node) }
        let command = try #require(transcript["request"]?["command"]?.string)
        let parts = try parts(transcript["request"]?["parts"])
        let reply = await service.answer(command, parts, from: Mailbox.shared.subscriber)
        guard response["status"] == "reply" else { return reply == nil ? [] : ["the command was answered"] }
        let expected = try self.parts(response["parts"])
        guard let reply, reply.parts.count == expected.count else {
            return ["there are \(reply?.parts.count ?? 0) parts, not \(expected.count)"]
        }
        return zip(expected, reply.parts).flatMap { differences($0, $1) }
    }

    /// The call that a command is.
    static func exchange(
        _ index: Int, _ command: String, _ request: JSONValue, _ response: JSONValue
    ) -> PeerExchange? {
        guard command.hasPrefix("storage."), let parameters = try? parts(request["parts"]).first.flatMap(value),
            let answer = try? parts(response["parts"]), answer.count == 1, let body = value(answer[0])
        else { return nil }
        return PeerExchange(
            index: index, method: String(command.dropFirst("storage.".count)), parameters: parameters, status: 200,
            body: body)
    }

    /// New messages at the node: what follows for who has subscribed.
    private static func replay(
        _ pushes: [JSONValue], _ response: JSONValue, _ stage: PeerStage, _ node: StorageNode
    ) async throws -> [String] {
        Mailbox.shared.clear()
        for push in pushes {
            let decoded = push["decoded"] ?? .null
            let account = try #require(decoded["@"]?.string.flatMap { AccountKey(hex: $0) })
            let namespace = Namespace(rawValue: Int16(clamping: decoded["n"]?.integer ?? 0))
            let message = MessageRecord(
                hash: try #require(decoded["h"]?.string.flatMap { MessageHash($0) }),
                timestamp: Timestamp(milliseconds: decoded["t"]?.integer ?? 0),
                expiry: Timestamp(milliseconds: decoded["z"]?.integer ?? 0),
                data: Array((decoded["~"]?.string ?? "").utf8))
            if namespace.isPublicInbox {
                // Through another member, and then once more, which is nothing new.
                for _ in 0..<2 {
                    let document: JSONValue = [
                        "method": "store",
                        "params": [
                            "pubkey": .string(account.hex), "timestamp": .integer(message.timestamp.milliseconds),
                            "expiry": .integer(message.expiry.milliseconds),
                            "data": .string(Base64.encode(message.data)),
                        ],
                    ]
                    stage.setClock(message.timestamp.milliseconds)
                    let answer = try await stage.send(
                        "POST /storage_rpc/v1", [:], document.encoded(), to: stage.file.nodes[2].ip)
                    #expect(answer.status == 200)
                }
            } else {
                // Its content is not on record, only its hash.
                _ = try await node.messages.add(message, for: account, namespace)
                node.announce(message, for: account, namespace)
            }
        }
        let expected = try pushes.map { try parts($0["parts"])[0] }
        let received = Mailbox.shared.notifications
        guard received.count == expected.count else { return ["\(received.count) notifications came"] }
        return zip(expected, received).flatMap { $0 == $1 ? [] : differences($0, $1) + ["a notification differs"] }
    }

    private static func differences(_ expected: [UInt8], _ actual: [UInt8]) -> [String] {
        if let wanted = value(expected) {
            guard let given = value(actual) else { return ["the part is \(String(decoding: actual, as: UTF8.self))"] }
            return PeerComparison().differences(wanted, given)
        }
        return expected == actual ? [] : ["the part is \(String(decoding: actual, as: UTF8.self))"]
    }

    /// The JSON, or the bencoded value with its bytes as JSON would have them; nil when it is neither.
    static func value(_ part: [UInt8]) -> JSONValue? {
        switch part.first {
        case UInt8(ascii: "{"): JSONValue(decoding: part)
        case UInt8(ascii: "d"), UInt8(ascii: "l"): Bencoded(part).map { json($0, "") }
        default: nil
        }
    }

    private static func json(_ value: Bencoded, _ name: String) -> JSONValue {
        switch value {
        case .integer(let number): return .integer(number)
        case .bytes(let bytes) where ["data", "signature", "subaccount_sig"].contains(name):
            return .string(Base64.encode(bytes))
        case .bytes(let bytes) where name.hasPrefix("pubkey") && bytes.count < 64: return .string(Hex.encode(bytes))
        case .bytes(let bytes): return .string(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): return .array(elements.map { json($0, name) })
        case .dictionary(let entries):
            return .object(
                Dictionary(
                    entries.map { entry in
                        let name = String(decoding: entry.key, as: UTF8.self)
                        return (name, json(entry.value, name))
                    }
                ) { first, _ in first })
        }
    }

    static func parts(_ list: JSONValue?) throws -> [[UInt8]] {
        try (list?.array ?? []).map { part in
            if let text = part["text"]?.string { return Array(text.utf8) }
            return try #require(part["hex"]?.string.flatMap { Hex.decode($0) })
        }
    }

    /// What one connection receives.
    private final class Mailbox: Sendable {
        static let shared = Mailbox()

        private let received: ReceivedNotifications
        let subscriber: Subscriber

        init() {
            let received = ReceivedNotifications()
            self.received = received
            subscriber = Subscriber { received.append($0) }
        }

        var notifications: [[UInt8]] { received.all }
        func clear() { received.clear() }
    }
}

private final class ReceivedNotifications: Sendable {
    private let list = Mutex<[[UInt8]]>([])

    var all: [[UInt8]] { list.withLock { $0 } }
    func append(_ notification: [UInt8]) { list.withLock { $0.append(notification) } }
    func clear() { list.withLock { $0 = [] } }
}
