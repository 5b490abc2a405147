import SessionCrypto
import SessionInterfaces
import Testing

/// Records a failure that names the vector.
func expect(_ isTrue: Bool, _ vector: Vector, _ complaint: String = "differs") {
    if !isTrue { Issue.record("\(vector.place): \(complaint)") }
}

/// Expects the bytes that the vector holds in hexadecimal.
func expect(_ bytes: [UInt8], equals vector: Vector) throws {
    let expected = try vector.bytes
    expect(bytes == expected, vector, "expected \(Hex.encode(expected)), got \(Hex.encode(bytes))")
}

func expect(_ text: String, equals vector: Vector) throws {
    let expected = try vector.text
    expect(text == expected, vector, "expected \(expected), got \(text)")
}

/// Expects `body` to throw an error that `isRight` accepts.
func expectRefusal<R>(
    _ vector: Vector, _ isRight: (any Error) -> Bool = { _ in true }, _ body: () throws -> R
) {
    do {
        _ = try body()
        expect(false, vector, "was not refused")
    } catch let error as VectorError {
        Issue.record(error)
    } catch {
        expect(isRight(error), vector, "was refused for another reason: \(error)")
    }
}

extension Vector {
    var secret: SecretBytes { get throws { SecretBytes(try bytes) } }

    var ed25519Pair: Ed25519KeyPair { get throws { try Ed25519KeyPair(seed: secret) } }

    var x25519Pair: X25519KeyPair { get throws { try X25519KeyPair(secretKey: secret) } }

    var ed25519Key: Ed25519PublicKey {
        get throws {
            guard let key = Ed25519PublicKey(hex: try text) else { throw notUnderstood("an Ed25519 key") }
            return key
        }
    }

    var x25519Key: X25519PublicKey {
        get throws {
            guard let key = X25519PublicKey(hex: try text) else { throw notUnderstood("an X25519 key") }
            return key
        }
    }

    var account: AccountID { get throws { try AccountID(try text) } }
}
