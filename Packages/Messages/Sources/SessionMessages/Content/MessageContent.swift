import SessionInterfaces
import SwiftProtobuf

/// What a message says, before padding and encryption: one payload, and the time at which it was sent.
///
/// Whatever a newer sender put into it survives being read and written again.
/// Follows protocol document 01, sections 5.3 and 6.1.
public struct MessageContent: Hashable, Sendable {
    /// The wire form, for what has no Swift type of its own here.
    public let protobuf: SessionProtos_Content

    init(_ protobuf: SessionProtos_Content) { self.protobuf = protobuf }

    /// Reads the wire form, without padding.
    /// - Throws: `MessagesError` with `malformedContent`.
    public init(serialized: [UInt8]) throws(MessagesError) {
        do {
            protobuf = try SessionProtos_Content(serializedBytes: serialized)
        } catch {
            throw MessagesError(.malformedContent, "the content cannot be read", underlying: error)
        }
        guard !hasSyncTarget || syncTarget != nil else {
            throw MessagesError(.malformedContent, "the content's sync target is no account ID")
        }
    }

    /// The wire form, without padding.
    /// - Throws: `MessagesError` with `malformedContent` when a required field is missing.
    public func serialized() throws(MessagesError) -> [UInt8] {
        do {
            return try protobuf.serializedBytes()
        } catch {
            throw MessagesError(.malformedContent, "the content cannot be written", underlying: error)
        }
    }

    /// When the sender wrote the message, by their own signed word; nil from senders of before 2023.
    public var sentAt: Timestamp? { Timestamp(wireMilliseconds: protobuf.sigTimestamp) }

    /// The other side of the conversation, in a copy that a sender made for their own devices.
    ///
    /// Only to be believed when the message came from the receiving account itself.
    /// Follows protocol document 01, section 6.13.
    public var syncTarget: AccountID? { try? AccountID(protobuf.dataMessage.syncTarget) }

    private var hasSyncTarget: Bool { !protobuf.dataMessage.syncTarget.isEmpty }

    /// How the sender wants to be shown; nil when the message does not say.
    public var profile: Profile? {
        if protobuf.hasMessageRequestResponse {
            let response = protobuf.messageRequestResponse
            return Profile(response.profile, pictureKey: response.profileKey)
        }
        return Profile(protobuf.dataMessage.profile, pictureKey: protobuf.dataMessage.profileKey)
    }

    /// The name by which the sender wants to be shown.
    public var profileName: String? { profile?.name }
}

extension MessageContent: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind alone: what people say does not belong into logs.
    public var description: String { "MessageContent(\(kind.rawValue))" }

    public var debugDescription: String { description }
}
