import SessionCrypto
import SessionInterfaces

/// What an account's devices tell one another, in the account's own swarm. Read only.
///
/// The outer form is settled and is read here. What it seals is not: the two sides of the software that makes it do not
/// agree on the nonce of a group's state, so nothing here opens it. Follows protocol document 01, section 3.9.
public enum DeviceMessage: Hashable, Sendable {
    /// A new device asks to be let in. The request is sealed as configuration is, under the account's seed.
    case linkRequest(sealed: [UInt8])
    /// The keys that the devices share.
    case groupState(DeviceGroupState)

    /// Reads what is stored for `account`; a group's state has to be signed by it.
    /// - Parameters:
    ///   - data: Any bytes: they may come from anyone.
    ///   - key: The account's Ed25519 key.
    /// - Throws: `MessagesError` with `unknownVersion` unless `forms` allow it, or for another kind of message;
    ///   `malformedWrapper`, `badSignature`.
    public static func decode(
        _ data: [UInt8], signedBy key: Ed25519PublicKey, allowing forms: UnsettledForms
    ) throws(MessagesError) -> DeviceMessage {
        try forms.require(.deviceGroups)
        guard let parts = Bencoded(data), let kind = parts[""]?.bytes else { throw .malformedDeviceMessage }
        switch kind {
        case Array("L".utf8):
            guard let sealed = parts["L"]?.bytes else { throw .malformedDeviceMessage }
            return .linkRequest(sealed: sealed)
        case Array("G".utf8):
            return .groupState(try DeviceGroupState(parts, signedBy: key))
        default:
            throw MessagesError(.unknownVersion, "the devices' message is of a kind that is not known")
        }
    }
}

/// The keys that an account's devices share, sealed for each of them.
public struct DeviceGroupState: Hashable, Sendable {
    public let ephemeralKey: X25519PublicKey
    /// One ML-KEM-768 ciphertext of 1088 bytes after the other; some belong to nobody.
    public let keyCiphertexts: [UInt8]
    /// For each device two bytes to find it by, and a wrapped key of 32.
    public let wrappedKeys: [UInt8]
    public let sealedState: [UInt8]

    fileprivate init(_ parts: Bencoded, signedBy key: Ed25519PublicKey) throws(MessagesError) {
        guard let ephemeralKey = parts["A"]?.bytes.flatMap({ X25519PublicKey($0) }),
            let keyCiphertexts = parts["C"]?.bytes,
            keyCiphertexts.count.isMultiple(of: MLKEM768KeyPair.ciphertextByteCount),
            let wrappedKeys = parts["K"]?.bytes, let sealedState = parts["d"]?.bytes,
            let signature = parts["~"]?.bytes
        else { throw .malformedDeviceMessage }
        guard Ed25519.verify(signature, of: parts.bytes(before: "~"), by: key) else {
            throw MessagesError(.badSignature, "the devices' message is not signed by their account")
        }
        self.ephemeralKey = ephemeralKey
        self.keyCiphertexts = keyCiphertexts
        self.wrappedKeys = wrappedKeys
        self.sealedState = sealedState
    }
}

extension MessagesError {
    fileprivate static let malformedDeviceMessage = MessagesError(
        .malformedWrapper, "the devices' message cannot be read")
}
