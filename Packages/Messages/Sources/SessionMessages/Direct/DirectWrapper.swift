import FoundationEssentials
import SessionInterfaces
import SwiftProtobuf

/// The unprotected layers around the sealed content of a 1:1 message: an envelope inside a request.
/// Follows protocol document 01, sections 3.1 and 3.4.
struct DirectWrapper {
    /// Unix milliseconds.
    var timestamp: UInt64
    var sealedContent: [UInt8]
    /// 64 bytes; nil from older clients.
    var proSignature: [UInt8]?

    init(timestamp: UInt64, sealedContent: [UInt8], proSignature: [UInt8]) {
        self.timestamp = timestamp
        self.sealedContent = sealedContent
        self.proSignature = proSignature
    }

    /// The bytes to store in a swarm. The request's empty fields are written, as all clients do.
    func serialized() throws -> [UInt8] {
        var envelope = SessionProtos_Envelope()
        envelope.type = .sessionMessage
        envelope.timestamp = timestamp
        envelope.sourceDevice = 1
        envelope.content = Data(sealedContent)
        if let proSignature { envelope.proSig = Data(proSignature) }

        var message = WebSocketProtos_WebSocketMessage()
        message.type = .request
        message.request.verb = ""
        message.request.path = ""
        message.request.body = try envelope.serializedBytes()
        message.request.requestID = 0
        return try message.serializedBytes()
    }

    /// Takes the layers off what a swarm stored.
    init(stored: [UInt8]) throws(MessagesError) {
        let envelope = try Self.envelope(in: Self.request(in: stored))
        // Old senders wrote nothing or their ID, and neither says who they are.
        guard [0, AccountID.textLength].contains(envelope.source.utf8.count) else {
            throw MessagesError(.sourceSize, "the envelope's source has neither 0 nor 66 characters")
        }
        guard envelope.hasContent else { throw MessagesError(.missingContent, "the envelope has no content") }
        timestamp = envelope.timestamp
        sealedContent = [UInt8](envelope.content)
        proSignature = try envelope.checkedProSignature()
    }

    private static func request(
        in stored: [UInt8]
    ) throws(MessagesError) -> WebSocketProtos_WebSocketRequestMessage {
        guard stored.count <= MessageLimits.storedByteCount else {
            throw MessagesError(.messageTooLarge, "the message has more bytes than a swarm stores")
        }
        // No protobuf begins with a zero; newer formats do.
        guard stored.first != 0 else {
            throw MessagesError(.unknownVersion, "the message is in a newer format")
        }
        let message: WebSocketProtos_WebSocketMessage
        do {
            message = try WebSocketProtos_WebSocketMessage(serializedBytes: stored)
        } catch {
            throw MessagesError(.malformedWrapper, "the message's wrapper cannot be read", underlying: error)
        }
        guard message.hasRequest else { throw MessagesError(.missingRequest, "the message holds no request") }
        return message.request
    }

    private static func envelope(
        in request: WebSocketProtos_WebSocketRequestMessage
    ) throws(MessagesError) -> SessionProtos_Envelope {
        guard request.hasBody else { throw MessagesError(.missingBody, "the message's request has no body") }
        do {
            return try SessionProtos_Envelope(serializedBytes: request.body)
        } catch {
            throw MessagesError(.malformedWrapper, "the message's envelope cannot be read", underlying: error)
        }
    }
}
