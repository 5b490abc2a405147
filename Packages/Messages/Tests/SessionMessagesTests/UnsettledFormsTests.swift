import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

/// Forms that are read where asked for, and only there.
@Suite struct UnsettledFormsTests {
    static let key = Accounts.alice.ed25519

    /// A group's state as its maker signs it.
    private func groupState(signedBy keys: Ed25519KeyPair) -> [UInt8] {
        let ciphertexts = [UInt8](repeating: 1, count: 4 * 1088)
        var text = Array("d0:1:G1:A32:".utf8) + [UInt8](repeating: 2, count: 32)
        text += Array("1:C4352:".utf8) + ciphertexts + Array("1:K1:k1:d3:abc".utf8)
        return text + Array("1:~64:".utf8) + keys.sign(text) + Array("e".utf8)
    }

    @Test func deviceMessagesAreReadWhereAllowed() throws {
        let data = groupState(signedBy: Self.key)
        let message = try DeviceMessage.decode(data, signedBy: Self.key.publicKey, allowing: .deviceGroups)
        guard case .groupState(let state) = message else { return #expect(Bool(false), "\(message)") }
        #expect(state.keyCiphertexts.count == 4 * 1088)
        #expect(state.sealedState == Array("abc".utf8))
        #expect(throws: MessagesError(.unknownVersion, "")) {
            try DeviceMessage.decode(data, signedBy: Self.key.publicKey, allowing: .postQuantumMessages)
        }
        #expect(throws: MessagesError(.badSignature, "")) {
            try DeviceMessage.decode(
                groupState(signedBy: Accounts.bob.ed25519), signedBy: Self.key.publicKey, allowing: .deviceGroups)
        }
    }

    @Test func linkRequestsStaySealed() throws {
        let data = Array("d0:1:L1:L3:abce".utf8)
        let message = try DeviceMessage.decode(data, signedBy: Self.key.publicKey, allowing: .deviceGroups)
        #expect(message == .linkRequest(sealed: Array("abc".utf8)))
    }

    @Test(arguments: [
        ("d0:1:Xe", MessagesError.Code.unknownVersion), ("d0:1:Le", .malformedWrapper), ("", .malformedWrapper),
    ])
    func otherDeviceMessagesAreRefused(text: String, code: MessagesError.Code) {
        #expect(throws: MessagesError(code, "")) {
            try DeviceMessage.decode(Array(text.utf8), signedBy: Self.key.publicKey, allowing: .deviceGroups)
        }
    }

    @Test(arguments: [0, 2, 1123, 1124, 1140, 1535, 1536, 1537, 76_800, 76_801])
    func postQuantumMessagesOfAnyLengthAreRefused(count: Int) {
        let data = Array(([0, 2] + SeededRandom(seed: 1).bytes(count)).prefix(count))
        #expect(throws: MessagesError.self) {
            try DirectMessage.decode(data, with: Accounts.bob, allowing: .postQuantumMessages)
        }
    }
}
