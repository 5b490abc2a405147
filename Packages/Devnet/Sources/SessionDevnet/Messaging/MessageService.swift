import SessionInterfaces
import SessionSwarm

/// What a node answers over OxenMQ: the storage RPC and subscriptions, in one part of bencoding or JSON. Nothing
/// listens for it; callers in this process have the same methods. Follows protocol document 02, sections 2.8 and 4.20.
struct MessageService: Sendable {
    /// The answer to a command: one part with the result, or a status and a text or result.
    struct Reply: Hashable, Sendable {
        var parts: [[UInt8]]

        init(parts: [[UInt8]]) { self.parts = parts }

        init(_ status: Int, _ body: [UInt8]) {
            parts = status == 200 ? [body] : [Array(String(status).utf8), body]
        }
    }

    private static let storagePrefix = "storage."

    let node: StorageNode

    /// Nil when the command is none, or only for other nodes.
    func answer(_ command: String, _ parts: [[UInt8]], from subscriber: Subscriber) async -> Reply? {
        if command == "monitor.messages" { return await monitor(parts, subscriber) }
        guard command.hasPrefix(Self.storagePrefix) else { return nil }
        guard parts.count < 2 else {
            return Reply(400, Array("Invalid request: expected 1 message parts, received \(parts.count)".utf8))
        }
        return await storage(String(command.dropFirst(Self.storagePrefix.count)), parts.first ?? [])
    }

    private func storage(_ method: String, _ body: [UInt8]) async -> Reply {
        let isBencoded = body.first == UInt8(ascii: "d")
        let answer: RPCAnswer
        do {
            let parameters = isBencoded ? Parameters(bencoding: body) : Parameters(json: body.isEmpty ? nil : body)
            guard let parameters else { throw RPCAnswer.text(400, "invalid body: expected json or bt_dict") }
            answer = await node.answer(try StorageMethods.call(method, parameters, of: node.network.generation))
        } catch let refusal as RPCAnswer {
            answer = refusal
        } catch {
            answer = .text(500, "request failed")
        }
        switch answer.body {
        case .text(let text): return Reply(answer.status, Array(text.utf8))
        case .binary(let bytes): return Reply(answer.status, bytes)
        case .json(let value): return Reply(answer.status, isBencoded ? value.bencoded : value.encoded())
        }
    }

    private func monitor(_ parts: [[UInt8]], _ subscriber: Subscriber) async -> Reply {
        guard parts.count == 1 else { return Reply(200, MonitorRefusal.noBody.bencoded.encoded) }
        return Reply(200, node.monitor(parts[0], for: subscriber))
    }
}

extension Parameters {
    /// Nil unless `body` is a bencoded dictionary.
    init?(bencoding body: [UInt8]) {
        guard let value = Bencoded(body).map(Value.init), case .members(let members) = value else { return nil }
        self.init(bencoded: members)
    }

    /// Nil unless `body` is a JSON object; absent means empty.
    init?(json body: [UInt8]?) {
        guard let body else {
            self.init([:])
            return
        }
        guard let members = JSONValue(decoding: body)?.object else { return nil }
        self.init(members)
    }
}

extension Parameters.Value {
    init(_ value: Bencoded) {
        switch value {
        case .integer(let number): self = .json(.integer(number))
        case .bytes(let bytes): self = .bytes(bytes)
        case .list(let elements): self = .list(elements.map(Self.init))
        case .dictionary(let entries):
            self = .members(
                Dictionary(entries.map { (String(decoding: $0.key, as: UTF8.self), Self($0.value)) }) { first, _ in
                    first
                })
        }
    }
}

extension JSONValue {
    /// The value as nodes bencode it: signatures and the data of messages are raw, except for data within a batch.
    var bencoded: [UInt8] { bencoded(rawNames: ["signature", "data"]).encoded }

    private func bencoded(rawNames: Set<String>) -> Bencoded {
        switch self {
        case .null: .list([])
        case .bool(let flag): .integer(flag ? 1 : 0)
        case .integer(let number): .integer(number)
        case .unsigned(let number): .integer(Int64(clamping: number))
        case .number(let number): .integer(Int64(exactly: number.rounded()) ?? 0)
        case .string(let text): .bytes(Array(text.utf8))
        case .array(let elements): .list(elements.map { $0.bencoded(rawNames: rawNames) })
        case .object(let members):
            .dictionary(
                members.filter { $0.value != .null }.map { name, value in
                    // An empty text of data has a padding sign of its own.
                    if rawNames.contains(name), let text = value.string,
                        let bytes = text == "=" ? [] : Base64.decode(text)
                    {
                        return Bencoded.Entry(name, .bytes(bytes))
                    }
                    let inner = name == "results" ? rawNames.subtracting(["data"]) : rawNames
                    return Bencoded.Entry(name, value.bencoded(rawNames: inner))
                })
        }
    }
}
