import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct ProProofTests {
    private let backend = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
    private let rotating = Ed25519KeyPair.generate(from: SeededRandom(seed: 2))
    private let expiry = Timestamp(milliseconds: 1_758_412_800_000)

    private func proof(_ form: ProProof.Form) -> ProProof {
        func proof(_ signature: [UInt8]) -> ProProof {
            ProProof(
                form, revocationTag: Bytes32([UInt8](repeating: 0x33, count: 32))!, rotatingKey: rotating.publicKey,
                expiry: expiry, signature: signature)
        }
        return proof(backend.sign(proof([]).signedBytes))
    }

    @Test(arguments: ProProof.Form.allCases)
    func holdsUntilItExpires(form: ProProof.Form) {
        func status(after milliseconds: Int64) -> ProProof.Status {
            proof(form).status(
                with: rotating.sign([1]), of: [1], at: Timestamp(milliseconds: expiry.milliseconds + milliseconds),
                backend: backend.publicKey)
        }
        #expect(status(after: -1) == .valid)
        #expect(status(after: 0) == .valid)
        #expect(status(after: 1) == .expired)
    }

    @Test(arguments: ProProof.Form.allCases)
    func signaturesAreCheckedFirst(form: ProProof.Form) {
        let late = Timestamp(milliseconds: .max)
        let (key, proof) = (backend.publicKey, proof(form))
        #expect(proof.status(with: [], of: [1], at: late, backend: key) == .invalidUserSignature)
        #expect(proof.status(with: backend.sign([1]), of: [1], at: late, backend: key) == .invalidUserSignature)
        let own = rotating.publicKey
        #expect(proof.status(with: rotating.sign([1]), of: [1], at: late, backend: own) == .invalidBackendSignature)
    }

    /// A signature in one form is none in the other.
    @Test func formsAreNotExchanged() {
        for (form, other) in [(ProProof.Form.hashed, ProProof.Form.plain), (.plain, .hashed)] {
            let signed = proof(form)
            let exchanged = ProProof(
                other, revocationTag: signed.revocationTag, rotatingKey: signed.rotatingKey, expiry: signed.expiry,
                signature: signed.signature)
            #expect(signed.isSigned(by: backend.publicKey))
            #expect(!exchanged.isSigned(by: backend.publicKey))
        }
    }

    @Test func anyExpiryIsAnswered() {
        for form in ProProof.Form.allCases {
            for milliseconds in [Int64.min, -1, 0, .max] {
                let proof = ProProof(
                    form, revocationTag: Bytes32(), rotatingKey: rotating.publicKey,
                    expiry: Timestamp(milliseconds: milliseconds), signature: [])
                #expect(!proof.isSigned(by: backend.publicKey))
            }
        }
    }
}
