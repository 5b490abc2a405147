import SessionInterfaces

/// Why a message cannot be written, or why a received one has to be skipped.
///
/// A receiver skips the message, remembers its hash and goes on with the next one.
/// Follows protocol document 01, section 6.16.
public struct MessagesError: CodedError {
    public enum Code: String, Sendable, CaseIterable {
        /// The text to send has nothing in it but white space.
        case emptyText = "message_empty_text"
        /// The text to send has more code points than `MessageLimits.textLength`.
        case textTooLong = "message_text_too_long"
        /// The profile name to send is empty or longer than `MessageLimits.profileNameByteCount`.
        case invalidProfileName = "message_invalid_profile_name"
        /// The recipient is no account.
        case invalidRecipient = "message_invalid_recipient"
        /// The content has no time of sending, or one that is no date.
        case invalidTimestamp = "message_invalid_timestamp"
        /// The message has more bytes than a swarm stores.
        case messageTooLarge = "message_too_large"
        /// The message is in a format newer than this reader: keep it undecoded.
        case unknownVersion = "message_unknown_version"
        /// The request or the envelope around the content cannot be read.
        case malformedWrapper = "message_malformed_wrapper"
        /// The wrapper holds no request.
        case missingRequest = "message_missing_request"
        /// The request holds no envelope.
        case missingBody = "message_missing_body"
        /// The envelope names a source of a length that no sender ever wrote.
        case sourceSize = "message_source_size"
        /// The envelope holds no content.
        case missingContent = "message_missing_content"
        /// The Pro signature has not 64 bytes.
        case proSignatureSize = "message_pro_signature_size"
        /// The sealed content is shorter than its seal alone.
        case tooShort = "message_too_short"
        /// The content was damaged, or sealed for another account.
        case decryptionFailed = "message_decryption_failed"
        /// The sender did not sign this content for this recipient.
        case badSignature = "message_bad_signature"
        /// The sender's key is no key of an account.
        case badSenderKey = "message_bad_sender_key"
        /// The opened content cannot be read.
        case malformedContent = "message_malformed_content"
        /// The content holds nothing that is known here.
        case unknownKind = "message_unknown_kind"
        /// The content breaks the rules of its kind.
        case invalidPayload = "message_invalid_payload"
        /// The content is of a form that nobody acts on any more.
        case ignoredPayload = "message_ignored_payload"
        /// The content claims a Pro subscription with a proof that has not the shape of one.
        case malformedProProof = "message_malformed_pro_proof"
        /// The unprotected time on the envelope is not the time that the sender signed.
        case timestampMismatch = "message_timestamp_mismatch"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
