import SessionInterfaces

/// What shows that whoever holds a key pays for Session Pro. It is read and checked, and never sent. Follows protocol
/// document 01, section 3.8.
public struct ProProof: Hashable, Sendable {
    /// How the backend signs.
    public enum Form: Hashable, Sendable, CaseIterable {
        /// A hash, in which the expiry is in milliseconds: clients of April 2026.
        case hashed
        /// The text itself, in which the expiry is in seconds: later libraries.
        case plain
    }

    public let form: Form
    /// By which the backend revokes the proof: the index hash of the first form.
    public let revocationTag: Bytes32
    /// Signs the messages that go with the proof.
    public let rotatingKey: Ed25519PublicKey
    /// In the second form, a whole second.
    public let expiry: Timestamp
    /// The backend's, 64 bytes.
    public let signature: [UInt8]

    public init(
        _ form: Form, revocationTag: Bytes32, rotatingKey: Ed25519PublicKey, expiry: Timestamp, signature: [UInt8]
    ) {
        self.form = form
        self.revocationTag = revocationTag
        self.rotatingKey = rotatingKey
        self.expiry = expiry
        self.signature = signature
    }

    /// The bytes that the backend signs.
    public var signedBytes: [UInt8] {
        switch form {
        case .hashed:
            let expiry = withUnsafeBytes(of: expiry.milliseconds.littleEndian) { [UInt8]($0) }
            let version: [UInt8] = [0]
            return BLAKE2b.hash(
                version + revocationTag.bytes + rotatingKey.bytes.bytes + expiry,
                personal: Array("ProProof________".utf8))
        case .plain:
            let expiry = Array(String(expiry.milliseconds / 1000).utf8)
            return Array("ProProof_v0_____".utf8) + revocationTag.bytes + rotatingKey.bytes.bytes + expiry
        }
    }

    /// Whether `backend` signed the proof.
    public func isSigned(by backend: Ed25519PublicKey) -> Bool {
        Ed25519.verify(signature, of: signedBytes, by: backend)
    }

    /// How far the proof holds for a message.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case invalidBackendSignature = "invalid_backend_signature"
        case invalidUserSignature = "invalid_user_signature"
        case valid
        case expired
    }

    /// What the proof is worth for a message that came with it. Nothing but `valid` gives a message more than others
    /// have; nothing is a reason to drop it.
    /// - Parameters:
    ///   - userSignature: the message's, by the rotating key.
    ///   - message: what that signature covers.
    ///   - moment: when the message was sent; in communities, the server's time.
    ///   - backend: the key of whoever sells Session Pro.
    public func status(
        with userSignature: [UInt8], of message: [UInt8], at moment: Timestamp, backend: Ed25519PublicKey
    ) -> Status {
        guard isSigned(by: backend) else { return .invalidBackendSignature }
        guard Ed25519.verify(userSignature, of: message, by: rotatingKey) else { return .invalidUserSignature }
        return moment <= expiry ? .valid : .expired
    }
}
