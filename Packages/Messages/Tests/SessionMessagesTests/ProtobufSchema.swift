import FoundationEssentials

/// The schema of the layer, read from its `.proto` files: as far as they go, every message with all its fields.
struct ProtobufSchema: Sendable {
    struct Field: Sendable {
        let name: String
        let type: String
        let number: Int
    }

    /// The fields of each message, and the first value of each enumeration, by full name.
    private(set) var messages: [String: [Field]] = [:]
    private(set) var firstValues: [String: Int] = [:]

    static let files = [
        "Content", "Control", "DataMessage", "Envelope", "GroupUpdate", "Legacy", "Pro", "Profile", "WebSocket",
    ]

    init() throws {
        for file in Self.files { try read(file) }
    }

    private mutating func read(_ file: String) throws {
        let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Protobuf/\(file).proto"
        guard let data = FileManager.default.contents(atPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
        var scope: [(kind: Substring, name: Substring)] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let words = line.prefix { $0 != ";" }.split(separator: " ").filter { $0 != "=" }
            switch words.first {
            case "message", "enum":
                scope.append((words[0], words[1]))
                if words[0] == "message", !line.hasSuffix("{}") { messages[Self.name(scope), default: []] += [] }
                if line.hasSuffix("{}") {
                    messages[Self.name(scope)] = []
                    scope.removeLast()
                }
            case "}": scope.removeLast()
            case "required", "optional", "repeated":
                guard let number = Int(words[3]) else { continue }
                let type = String(words[1])
                messages[Self.name(scope), default: []].append(
                    Field(name: String(words[2]), type: type, number: number))
            default:
                guard scope.last?.kind == "enum", let value = words.last.flatMap({ Int($0) }) else { continue }
                let name = Self.name(scope)
                firstValues[name] = firstValues[name] ?? value
            }
        }
    }

    private static func name(_ scope: [(kind: Substring, name: Substring)]) -> String {
        scope.map { String($0.name) }.joined(separator: ".")
    }

    /// The full name of what is called `type` inside `message`.
    private func resolve(_ type: String, in message: String) -> String? {
        var scope = message.split(separator: ".").map(String.init)
        while true {
            let name = (scope + [type]).joined(separator: ".")
            if messages[name] != nil || firstValues[name] != nil { return name }
            guard scope.popLast() != nil else { return nil }
        }
    }
}

extension ProtobufSchema {
    /// The number of a field that no message has.
    static let unknownNumber = 4095

    /// A message of the type, in the order of numbers: all its fields once, in those that are messages again all, and
    /// behind them a field that is not in the schema.
    func sample(of message: String, text: (Field) -> String) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in (messages[message] ?? []).sorted(by: { $0.number < $1.number }) {
            switch field.type {
            case "string": bytes.append(field.number, Array(text(field).utf8))
            case "bytes": bytes.append(field.number, [1, 2, 3])
            case "bool", "uint32", "uint64", "int64": bytes.appendVarints(UInt64(field.number) << 3, 1)
            case "fixed64":
                bytes.appendVarints(UInt64(field.number) << 3 | 1)
                bytes += [1, 2, 3, 4, 5, 6, 7, 8]
            default:
                guard let name = resolve(field.type, in: message) else { preconditionFailure("no \(field.type)") }
                if let value = firstValues[name] {
                    bytes.appendVarints(UInt64(field.number) << 3, UInt64(value))
                } else {
                    bytes.append(field.number, sample(of: name, text: text))
                }
            }
        }
        bytes.append(Self.unknownNumber, Array("later".utf8))
        return bytes
    }

    /// The types of all messages inside `message`, itself included.
    func types(in message: String) -> Set<String> {
        (messages[message] ?? []).reduce(into: [message]) { types, field in
            guard let name = resolve(field.type, in: message), messages[name] != nil else { return }
            types.formUnion(self.types(in: name))
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: Int, _ content: [UInt8]) {
        appendVarints(UInt64(number) << 3 | 2, UInt64(content.count))
        self += content
    }

    fileprivate mutating func appendVarints(_ values: UInt64...) {
        for value in values {
            var rest = value
            while rest > 0x7f {
                append(UInt8(rest & 0x7f) | 0x80)
                rest >>= 7
            }
            append(UInt8(rest))
        }
    }
}
