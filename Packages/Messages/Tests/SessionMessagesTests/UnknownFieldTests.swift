import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

/// What a newer sender puts into any part of a message survives being read and written.
@Suite struct UnknownFieldTests {
    private static let schema = Result { try ProtobufSchema() }

    /// An ID where one is checked.
    private static func text(_ field: ProtobufSchema.Field) -> String {
        field.name == "syncTarget" ? Accounts.bob.accountID.hex : field.name
    }

    @Test func everyPartOfAContentKeepsThem() throws {
        let schema = try Self.schema.get()
        let types = schema.types(in: "Content")
        let bytes = schema.sample(of: "Content", text: Self.text)
        let content = try MessageContent(serialized: bytes)
        #expect(Hex.encode(try content.serialized()) == Hex.encode(bytes))
        // A type that is met twice is counted twice.
        let marks = Hex.encode(bytes).components(of: Hex.encode(Array("later".utf8)))
        #expect(types.count > 25)
        #expect(marks >= types.count)
    }

    @Test func everyMessageTypeKeepsThem() throws {
        let schema = try Self.schema.get()
        let types: [(String, any Message.Type)] = [
            ("Content", SessionProtos_Content.self), ("Envelope", SessionProtos_Envelope.self),
            ("WebSocketMessage", WebSocketProtos_WebSocketMessage.self),
        ]
        let reached = types.reduce(into: Set<String>()) { $0.formUnion(schema.types(in: $1.0)) }
        #expect(reached == Set(schema.messages.keys))
        for (name, type) in types {
            let bytes = schema.sample(of: name, text: Self.text)
            let message = try type.init(serializedBytes: bytes)
            #expect(Hex.encode(try message.serializedBytes() as [UInt8]) == Hex.encode(bytes))
        }
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
